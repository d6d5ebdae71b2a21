// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/advice/advicesession.h"

#include "base/onpool.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QLocale>
#include <QMimeDatabase>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int enoughFiles = 10'000;  // more do not change the advice
constexpr int enoughAnswers = 2'000; // of the ledger, to tell a model's speed from
constexpr double secondsInMinute = 60;

/// The speed of the model's last answers, price as of today. Local models cost nothing.
pattern::ModelFacts readFacts(const AdviceServices &services, const llm::Endpoint &endpoint)
{
    pattern::ModelFacts facts;
    if (isLocal(endpoint)) {
        facts.usdPerMillionInput = 0;
        facts.usdPerMillionOutput = 0;
    } else if (const auto price = services.prices.find(endpoint.model, QDate::currentDate(), 0)) {
        facts.usdPerMillionInput = price->input;
        facts.usdPerMillionOutput = price->output;
    }
    double sum = 0;
    int count = 0;
    for (const usage::UsageEvent &event :
         services.ledger.recent(enoughAnswers).value_or(std::vector<usage::UsageEvent>())) {
        if (event.endpoint != endpoint.name || (!endpoint.model.isEmpty() && event.model != endpoint.model))
            continue;
        if (const auto speed = tokensPerSecond(event)) {
            sum += *speed;
            ++count;
        }
    }
    if (count > 0)
        facts.tokensPerSecond = sum / count;
    return facts;
}

bool isPicture(const QString &path)
{
    return QMimeDatabase().mimeTypeForFile(path, QMimeDatabase::MatchExtension).name().startsWith(u"image/"_s);
}

} // namespace

QString expectationWords(const std::optional<double> &costUsd, const std::optional<double> &seconds)
{
    QStringList facts;
    if (costUsd)
        facts << (*costUsd == 0      ? AdviceSession::tr("Costs nothing")
                  : *costUsd < 0.001 ? AdviceSession::tr("Less than $0.001")
                                     : AdviceSession::tr("About $%1").arg(QLocale().toString(*costUsd, 'g', 2)));
    if (seconds)
        facts << (*seconds < secondsInMinute * 2
                      ? AdviceSession::tr("about %n second(s)", nullptr, int(std::max(1.0, *seconds)))
                      : AdviceSession::tr("about %n minute(s)", nullptr, int(*seconds / secondsInMinute)));
    return facts.join(u" · "_s);
}

AdviceSession::AdviceSession(AdviceServices services, QObject *parent) : QObject(parent), m_services(services) { }

void AdviceSession::setEndpoint(const llm::Endpoint &endpoint)
{
    m_endpoint = endpoint;
    m_readingFacts = EngineCall<pattern::ModelFacts>(
        m_services.engine, this,
        [services = m_services, endpoint](CancelToken) -> Task<Result<pattern::ModelFacts>> {
            co_return readFacts(services, endpoint);
        },
        [this](const Result<pattern::ModelFacts> &facts) {
            if (!facts || *facts == m_facts)
                return;
            m_facts = *facts;
            advise();
        });
}

AdviceSession::Sizes AdviceSession::sizesOf(const QStringList &paths, const CancelToken &token)
{
    Sizes sizes;
    for (const QString &path : paths) {
        const QFileInfo info(path);
        if (!info.isDir()) {
            ++(isPicture(path) ? sizes.pictures : sizes.files);
            sizes.characters += isPicture(path) ? 0 : info.size();
            continue;
        }
        QDirIterator files(path, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext() && sizes.folderFiles < enoughFiles && !token.stop_requested()) {
            sizes.characters += files.nextFileInfo().size();
            ++sizes.folderFiles;
        }
    }
    return sizes;
}

void AdviceSession::consider(const Given &given)
{
    const bool samePaths = given.paths == m_given.paths;
    m_given = given;
    if (!samePaths) {
        m_sizes.reset();
        m_counting = {};
    }
    if (!samePaths && !given.paths.isEmpty()) {
        m_counting = EngineCall<Sizes>(
            m_services.engine, this,
            [paths = given.paths](CancelToken token) -> Task<Result<Sizes>> {
                co_return co_await onPool([paths, token] { return sizesOf(paths, token); });
            },
            [this](const Result<Sizes> &sizes) {
                if (sizes)
                    m_sizes = *sizes;
                advise();
            });
    }
    advise();
}

void AdviceSession::advise()
{
    m_advice.reset();
    if (!m_given.isEmpty()) {
        pattern::Wish wish;
        wish.text = m_given.text;
        if (m_sizes) {
            wish.files = m_sizes->files;
            wish.folderFiles = m_sizes->folderFiles;
            wish.pictures = m_sizes->pictures;
            wish.characters = m_sizes->characters;
        } else {
            wish.files = int(m_given.files().size());
        }
        wish.folders = int(m_given.folders().size());
        wish.files += int(m_given.links.size());
        wish.pictures += int(m_given.pictures.size());
        m_advice = pattern::recommend(wish, m_facts);
    }
    Q_EMIT advised();
}

QString AdviceSession::expectation() const
{
    return m_advice ? expectationWords(m_advice->expectedCostUsd, m_advice->expectedSeconds) : QString();
}

std::vector<std::pair<pattern::Traits, QString>> AdviceSession::choices() const
{
    if (!m_advice)
        return {};
    std::vector<std::pair<pattern::Traits, QString>> choices{
        {m_advice->traits, m_advice->reasons.value(0)},
        {pattern::traitsOf(m_advice->alternative), m_advice->whyNotAlternative}};
    for (const pattern::Traits &traits : pattern::allTraits()) {
        if (traits.pattern != m_advice->pattern && traits.pattern != m_advice->alternative)
            choices.emplace_back(traits, traits.use);
    }
    return choices;
}

} // namespace quintet::ui
