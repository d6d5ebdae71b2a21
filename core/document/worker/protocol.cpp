// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/worker/protocol.h"

#include "text/codepoints.h"

#include <QDataStream>
#include <QIODevice>
#include <QtEndian>

namespace quintet::document {

namespace {

constexpr auto streamVersion = QDataStream::Qt_6_6;

template<typename... Values>
QByteArray packed(const Values &...values)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(streamVersion);
    (stream << ... << values);
    return bytes;
}

void write(QDataStream &stream, const Place &place)
{
    stream << qint8(place.kind) << place.label << place.start << place.end << qint32(place.page.value_or(-1))
           << qint32(place.row.value_or(-1));
}

std::optional<int> countFrom(qint32 number)
{
    return number < 0 ? std::nullopt : std::optional<int>(number);
}

Place placeFrom(QDataStream &stream)
{
    Place place;
    qint8 kind = 0;
    qint32 page = -1;
    qint32 row = -1;
    stream >> kind >> place.label >> place.start >> place.end >> page >> row;
    place.kind = Place::Kind(std::clamp<int>(kind, Place::Page, Place::Line));
    place.page = countFrom(page);
    place.row = countFrom(row);
    return place;
}

bool areInOrder(const Document &document)
{
    qint64 end = 0;
    for (const Place &place : document.places) {
        if (place.start < end || place.end < place.start || place.end > document.characters)
            return false;
        end = place.end;
    }
    qint64 start = 0;
    for (const Heading &heading : document.headings) {
        if (heading.start < start || heading.start > document.characters || heading.level < 1)
            return false;
        start = heading.start;
    }
    return true;
}

} // namespace

QByteArray requestBytes(const Input &input)
{
    return packed(input.name, input.encoding, input.password, input.changed, input.size, qint32(input.page));
}

Input requestFrom(const QByteArray &packet, Descriptor file)
{
    Input input{.file = std::move(file)};
    QDataStream stream(packet);
    stream.setVersion(streamVersion);
    qint32 page = -1;
    stream >> input.name >> input.encoding >> input.password >> input.changed >> input.size >> page;
    input.page = page;
    return input;
}

QByteArray frameBytes(Frame kind, const QByteArray &content)
{
    QByteArray bytes(frameHeader, char(kind));
    qToBigEndian(quint32(content.size()), bytes.data() + 1);
    return bytes + content;
}

QByteArray factsBytes(const Document &document)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(streamVersion);
    stream << document.title << document.author << document.language << document.format << document.date
           << qint64(document.places.size());
    for (const Place &place : document.places)
        write(stream, place);
    stream << qint64(document.headings.size());
    for (const Heading &heading : document.headings)
        stream << heading.start << qint32(heading.level) << heading.title;
    return bytes;
}

std::optional<Document> documentFrom(const QByteArray &facts, const QByteArray &text)
{
    Document document;
    document.text = QString::fromUtf8(text);
    document.characters = text::countCodePoints(document.text);
    QDataStream stream(facts);
    stream.setVersion(streamVersion);
    qint64 count = 0;
    stream >> document.title >> document.author >> document.language >> document.format >> document.date >> count;
    for (; count > 0 && stream.status() == QDataStream::Ok; --count)
        document.places.push_back(placeFrom(stream));
    stream >> count;
    for (; count > 0 && stream.status() == QDataStream::Ok; --count) {
        Heading heading;
        qint32 level = 0;
        stream >> heading.start >> level >> heading.title;
        heading.level = level;
        document.headings.push_back(heading);
    }
    const bool isWhole = stream.status() == QDataStream::Ok && stream.atEnd() && !document.text.isEmpty();
    return isWhole && areInOrder(document) ? std::optional(std::move(document)) : std::nullopt;
}

QByteArray errorBytes(const Error &error)
{
    return packed(qint32(error.kind), error.message, error.detail);
}

Error errorFrom(const QByteArray &content)
{
    QDataStream stream(content);
    stream.setVersion(streamVersion);
    qint32 kind = 0;
    QString message;
    QString detail;
    stream >> kind >> message >> detail;
    return Error(kind == qint32(ErrorKind::Cancelled) ? ErrorKind::Cancelled : ErrorKind::BadInput, message, detail);
}

} // namespace quintet::document
