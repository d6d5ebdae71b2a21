// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/index/vectorindex.h"

#include "knowledge/index/dotproduct.h"

#include <hnswlib/hnswlib.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDataStream>
#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <atomic>
#include <thread>

#include <unistd.h>

namespace quintet::knowledge {

namespace {

constexpr qint64 blockSize = 1 << 20;
constexpr quint32 magic = 0x51544758; // "QTGX"
constexpr quint32 version = 2;

QString tr(const char *text)
{
    return QCoreApplication::translate("knowledge", text);
}

/// Inner product on unit vectors, by our own dot product: hnswlib's is chosen when it is compiled.
class InnerProduct final : public hnswlib::SpaceInterface<float> {
public:
    explicit InnerProduct(size_t dimensions) : m_dimensions(dimensions) { }

    size_t get_data_size() override { return m_dimensions * sizeof(float); }
    hnswlib::DISTFUNC<float> get_dist_func() override { return distance(); }
    void *get_dist_func_param() override { return &m_dimensions; }

    size_t dimensions() const { return m_dimensions; }

private:
    size_t m_dimensions;
};

class Filter final : public hnswlib::BaseFilterFunctor {
public:
    explicit Filter(const MayBeFound &mayBeFound) : m_mayBeFound(mayBeFound) { }

    bool operator()(hnswlib::labeltype chunk) override { return m_mayBeFound(qint64(chunk)); }

private:
    const MayBeFound &m_mayBeFound;
};

/// What stands beside a graph, and says whether it is whole.
struct Seal {
    qint64 space = 0;
    qint32 dimensions = 0;
    qint64 lastChunk = 0;
    qint64 vectors = 0;
    qint64 size = 0;
    QByteArray checksums; ///< SHA-1 of each block, one behind the other

    QByteArray packed() const
    {
        QByteArray bytes;
        QDataStream stream(&bytes, QIODevice::WriteOnly);
        stream << magic << version << space << dimensions << lastChunk << vectors << size << checksums;
        return bytes + QCryptographicHash::hash(bytes, QCryptographicHash::Sha1);
    }

    static std::optional<Seal> from(const QByteArray &bytes)
    {
        const qsizetype length = bytes.size() - QCryptographicHash::hashLength(QCryptographicHash::Sha1);
        if (length <= 0
            || QCryptographicHash::hash(bytes.first(length), QCryptographicHash::Sha1) != bytes.sliced(length))
            return std::nullopt;
        QDataStream stream(bytes.first(length));
        quint32 itsMagic = 0;
        quint32 itsVersion = 0;
        Seal seal;
        stream >> itsMagic >> itsVersion >> seal.space >> seal.dimensions >> seal.lastChunk >> seal.vectors >> seal.size
            >> seal.checksums;
        const bool isOurs = stream.status() == QDataStream::Ok && itsMagic == magic && itsVersion == version;
        return isOurs && seal.dimensions > 0 ? std::optional(seal) : std::nullopt;
    }
};

QString sealPath(const QString &path)
{
    return path + QStringLiteral(".sums");
}

Result<QByteArray> checksumsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, tr("%1 cannot be read: %2").arg(path, file.errorString()));
    QByteArray checksums;
    QByteArray block(blockSize, Qt::Uninitialized);
    for (;;) {
        const qint64 count = file.read(block.data(), block.size());
        if (count < 0)
            return failure(ErrorKind::Storage, tr("%1 cannot be read: %2").arg(path, file.errorString()));
        if (count == 0)
            return checksums;
        checksums += QCryptographicHash::hash(QByteArrayView(block).first(count), QCryptographicHash::Sha1);
    }
}

Error damaged(const QString &path, const QString &detail = {})
{
    return Error(ErrorKind::Corrupt, tr("The index %1 is damaged; it is built anew.").arg(path), detail);
}

} // namespace

struct VectorIndex::Graph {
    explicit Graph(int dimensions) : space(size_t(dimensions)) { }

    InnerProduct space;
    std::unique_ptr<hnswlib::HierarchicalNSW<float>> links;
};

VectorIndex::VectorIndex(std::unique_ptr<Graph> graph) : m_graph(std::move(graph)) { }
VectorIndex::VectorIndex(VectorIndex &&) noexcept = default;
VectorIndex &VectorIndex::operator=(VectorIndex &&) noexcept = default;
VectorIndex::~VectorIndex() = default;

// hnswlib throws for all that goes wrong; nothing of that leaves this file.

Result<VectorIndex> VectorIndex::make(int dimensions, qsizetype capacity)
try {
    auto graph = std::make_unique<Graph>(dimensions);
    graph->links = std::make_unique<hnswlib::HierarchicalNSW<float>>(
        &graph->space, size_t(std::max<qsizetype>(1, capacity)), linksPerVector, candidatesAtBuilding);
    return VectorIndex(std::move(graph));
} catch (const std::exception &exception) {
    return failure(ErrorKind::Storage, tr("There is not enough memory for the index."),
                   QString::fromLocal8Bit(exception.what()));
}

int VectorIndex::dimensions() const
{
    return int(m_graph->space.dimensions());
}

qsizetype VectorIndex::size() const
{
    return qsizetype(m_graph->links->cur_element_count);
}

Result<void> VectorIndex::add(std::span<const qint64> chunks, std::span<const float> values, CancelToken token,
                              unsigned threads)
try {
    auto &links = *m_graph->links;
    const size_t dimensions = m_graph->space.dimensions();
    const size_t needed = links.cur_element_count + chunks.size();
    if (needed > links.max_elements_)
        links.resizeIndex(needed + needed / 4);
    std::atomic<size_t> next = 0;
    std::atomic<bool> hasFailed = false;
    const auto work = [&] {
        for (size_t i = next++; i < chunks.size() && !token.stop_requested() && !hasFailed; i = next++) {
            const float *vector = values.data() + i * dimensions;
            if (std::all_of(vector, vector + dimensions, [](float value) { return value == 0; }))
                continue;
            try {
                links.addPoint(vector, hnswlib::labeltype(chunks[i]));
            } catch (const std::exception &) {
                hasFailed = true;
            }
        }
    };
    {
        std::vector<std::jthread> others;
        const unsigned wanted = threads > 0 ? threads : std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
        for (unsigned i = 1; i < wanted; ++i)
            others.emplace_back(work);
        work();
    }
    if (hasFailed)
        return failure(ErrorKind::Storage, tr("There is not enough memory for the index."));
    if (token.stop_requested())
        return std::unexpected(cancelledError());
    for (const qint64 chunk : chunks)
        m_lastChunk = std::max(m_lastChunk, chunk);
    return {};
} catch (const std::exception &exception) {
    return failure(ErrorKind::Storage, tr("There is not enough memory for the index."),
                   QString::fromLocal8Bit(exception.what()));
}

void VectorIndex::remove(qint64 chunk)
try {
    m_graph->links->markDelete(hnswlib::labeltype(chunk));
} catch (const std::exception &) {
    return; // it is not there, or gone already
}

void VectorIndex::removeAllBut(const MayBeFound &isThere)
{
    std::vector<qint64> gone;
    for (const auto &[label, row] : m_graph->links->label_lookup_) {
        if (!isThere(qint64(label)))
            gone.push_back(qint64(label));
    }
    for (const qint64 chunk : gone)
        remove(chunk);
}

std::vector<Near> VectorIndex::nearest(std::span<const float> vector, int most, int effort,
                                       const MayBeFound &mayBeFound) const
try {
    if (vector.size() != m_graph->space.dimensions() || most <= 0 || size() == 0)
        return {};
    Filter filter(mayBeFound);
    m_graph->links->setEf(size_t(std::max(most, effort)));
    auto found = m_graph->links->searchKnn(vector.data(), size_t(most), mayBeFound ? &filter : nullptr);
    std::vector<Near> near;
    near.reserve(found.size());
    for (; !found.empty(); found.pop())
        near.push_back({qint64(found.top().second), 1.0F - found.top().first});
    std::ranges::reverse(near);
    return near;
} catch (const std::exception &) {
    return {};
}

Result<void> VectorIndex::save(const QString &path, qint64 space) const
try {
    const QString temporary = path + QStringLiteral(".new");
    m_graph->links->saveIndex(QFile::encodeName(temporary).toStdString());
    QFile file(temporary);
    const bool isSynced = file.open(QIODevice::ReadWrite) && ::fsync(file.handle()) == 0;
    const Seal seal{space, qint32(dimensions()), m_lastChunk, size(), file.size(), {}};
    file.close();
    auto checksums = checksumsOf(temporary);
    if (!isSynced || !checksums) {
        QFile::remove(temporary);
        return failure(ErrorKind::Storage, tr("The index %1 cannot be written. Free some space.").arg(path));
    }
    Seal whole = seal;
    whole.checksums = std::move(*checksums);
    // The seal of another graph fits this one as little as none does.
    removeFiles(path);
    QSaveFile sealFile(sealPath(path));
    if (!QFile::rename(temporary, path) || !sealFile.open(QIODevice::WriteOnly) || sealFile.write(whole.packed()) < 0
        || !sealFile.commit())
        return failure(ErrorKind::Storage, tr("The index %1 cannot be written. Free some space.").arg(path));
    return {};
} catch (const std::exception &exception) {
    return failure(ErrorKind::Storage, tr("The index %1 cannot be written. Free some space.").arg(path),
                   QString::fromLocal8Bit(exception.what()));
}

Result<VectorIndex> VectorIndex::load(const QString &path, qint64 space)
try {
    QFile sealFile(sealPath(path));
    if (!sealFile.open(QIODevice::ReadOnly))
        return std::unexpected(damaged(path, QStringLiteral("no seal")));
    const auto seal = Seal::from(sealFile.readAll());
    if (!seal || seal->space != space || QFile(path).size() != seal->size)
        return std::unexpected(damaged(path, QStringLiteral("another seal")));
    const auto checksums = checksumsOf(path);
    if (!checksums || *checksums != seal->checksums)
        return std::unexpected(damaged(path, QStringLiteral("checksums")));
    auto graph = std::make_unique<Graph>(seal->dimensions);
    graph->links =
        std::make_unique<hnswlib::HierarchicalNSW<float>>(&graph->space, QFile::encodeName(path).toStdString());
    VectorIndex index(std::move(graph));
    index.m_lastChunk = seal->lastChunk;
    return index;
} catch (const std::exception &exception) {
    return std::unexpected(damaged(path, QString::fromLocal8Bit(exception.what())));
}

std::optional<VectorIndex::Facts> VectorIndex::factsOf(const QString &path)
{
    QFile file(sealPath(path));
    const auto seal = file.open(QIODevice::ReadOnly) ? Seal::from(file.readAll()) : std::nullopt;
    if (!seal || QFile(path).size() != seal->size)
        return std::nullopt;
    return Facts{seal->space, seal->lastChunk, seal->vectors};
}

void VectorIndex::removeFiles(const QString &path)
{
    QFile::remove(path);
    QFile::remove(sealPath(path));
}

} // namespace quintet::knowledge
