// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/datareader.h"

#include "document/readers/documentbuilder.h"
#include "document/readers/encoding.h"
#include "document/readers/textreader.h"

#include <QCoreApplication>

#include <simdjson.h>

namespace quintet::document {

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr qsizetype largestTree = 64 << 20; ///< bytes; larger files are read as text
constexpr qsizetype longestOutput = 4'000;  ///< of what a notebook's cell printed
constexpr int deepestIndent = 8;
constexpr int rowsWithPlace = 50'000;
constexpr int rowsTogether = 40;

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// Values, not references into a result that is gone.
simdjson::dom::object objectOf(element value)
{
    simdjson::dom::object object;
    std::ignore = value.get_object().get(object);
    return object;
}

simdjson::dom::array arrayOf(element value)
{
    simdjson::dom::array array;
    std::ignore = value.get_array().get(array);
    return array;
}

bool isContainer(element value)
{
    return value.is_array() || value.is_object();
}

QString scalar(element value)
{
    switch (value.type()) {
    case element_type::STRING: return toQString(std::string_view(value.get_string().value_unsafe()));
    case element_type::INT64: return QString::number(value.get_int64().value_unsafe());
    case element_type::UINT64: return QString::number(value.get_uint64().value_unsafe());
    case element_type::DOUBLE: return QString::number(value.get_double().value_unsafe(), 'g', 15);
    case element_type::BOOL: return value.get_bool().value_unsafe() ? QStringLiteral("true") : QStringLiteral("false");
    case element_type::NULL_VALUE:
    case element_type::ARRAY:
    case element_type::OBJECT: break;
    }
    return {};
}

/// Writes values as indented lines. The parser bounds how deep they nest.
class JsonText final {
public:
    explicit JsonText(DocumentBuilder &builder) : m_builder(builder) { }

    void addMember(const QString &name, element value, int depth)
    {
        if (!isContainer(value)) {
            if (const QString text = scalar(value); !text.isEmpty())
                m_builder.addIndented(name + QStringLiteral(": ") + text, std::min(depth, deepestIndent));
            return;
        }
        m_builder.addIndented(name + u':', std::min(depth, deepestIndent));
        addChildren(value, depth + 1);
    }

    void addItem(element value, int depth)
    {
        if (isContainer(value)) {
            m_builder.addIndented(QStringLiteral("-"), std::min(depth, deepestIndent));
            addChildren(value, depth + 1);
        } else if (const QString text = scalar(value); !text.isEmpty()) {
            m_builder.addIndented(QStringLiteral("- ") + text, std::min(depth, deepestIndent));
        }
    }

    void addChildren(element value, int depth)
    {
        if (value.is_object()) {
            for (const auto &[key, member] : objectOf(value))
                addMember(toQString(key), member, depth);
        } else {
            for (const element item : arrayOf(value))
                addItem(item, depth);
        }
    }

private:
    DocumentBuilder &m_builder;
};

/// "group.name: value" for every value in `record`.
void flatten(element value, const QString &name, QStringList &parts)
{
    if (value.is_object()) {
        for (const auto &[key, member] : objectOf(value))
            flatten(member, name.isEmpty() ? toQString(key) : name + u'.' + toQString(key), parts);
    } else if (value.is_array()) {
        QStringList items;
        for (const element item : arrayOf(value)) {
            if (isContainer(item))
                flatten(item, name, parts);
            else
                items << scalar(item).simplified();
        }
        if (!items.isEmpty())
            parts << name + QStringLiteral(": ") + items.join(QStringLiteral(", "));
    } else if (const QString text = scalar(value).simplified(); !text.isEmpty()) {
        parts << (name.isEmpty() ? text : name + QStringLiteral(": ") + text);
    }
}

/// The bytes as UTF-8 without a byte order mark, which is what the parser takes.
QByteArray utf8Of(const Content &content)
{
    if (content.bytes.size() > largestTree)
        return {};
    const auto text = decodedText(content.bytes, content.encoding);
    return text ? text->toUtf8() : QByteArray();
}

/// A notebook keeps texts whole or as a list of lines.
QString joinedText(element value)
{
    if (value.is_string())
        return toQString(std::string_view(value.get_string().value_unsafe()));
    QString text;
    simdjson::dom::array lines;
    if (value.get_array().get(lines) == simdjson::SUCCESS) {
        for (const element line : lines)
            text += scalar(line);
    }
    return text;
}

QString textAt(element object, std::string_view key)
{
    element found;
    return object.at_key(key).get(found) == simdjson::SUCCESS ? joinedText(found) : QString();
}

/// What a cell printed, as far as it is text; numbers and pictures are left out.
QString outputsOf(element cell)
{
    QString text;
    simdjson::dom::array outputs;
    if (cell.at_key("outputs").get_array().get(outputs) != simdjson::SUCCESS)
        return text;
    for (const element output : outputs) {
        element data;
        QString piece = textAt(output, "text");
        if (piece.isEmpty() && output.at_key("data").get(data) == simdjson::SUCCESS)
            piece = textAt(data, "text/plain");
        if (!piece.isEmpty() && text.size() < longestOutput)
            text += piece.endsWith(u'\n') ? piece : piece + u'\n';
    }
    return text.size() > longestOutput ? text.first(longestOutput) + QStringLiteral("…\n") : text;
}

QString fenced(const QString &text, const QString &language)
{
    return QStringLiteral("```") + language + u'\n' + (text.endsWith(u'\n') ? text : text + u'\n')
           + QStringLiteral("```");
}

} // namespace

Result<Document> readJson(const Content &content, const Reading &reading)
{
    const QByteArray bytes = utf8Of(content);
    simdjson::dom::parser parser;
    element root;
    if (bytes.isEmpty() || parser.parse(bytes.constData(), size_t(bytes.size())).get(root) != simdjson::SUCCESS
        || reading.stops())
        return readPlainText(content, reading);
    DocumentBuilder builder(QStringLiteral("json"));
    JsonText text(builder);
    if (root.is_object()) {
        for (const auto &[key, value] : objectOf(root)) {
            builder.beginPlace(Place::Section, toQString(key).simplified());
            text.addMember(toQString(key), value, 0);
        }
    } else if (root.is_array()) {
        int number = 0;
        for (const element item : arrayOf(root)) {
            builder.beginPlace(Place::Section, QStringLiteral("#%1").arg(++number));
            builder.addGap();
            if (isContainer(item))
                text.addChildren(item, 0);
            else
                text.addItem(item, 0);
        }
    } else {
        builder.addLine(scalar(root));
    }
    return builder.finish(content.name);
}

Result<Document> readJsonLines(const Content &content, const Reading &reading)
{
    const auto whole = decodedText(content.bytes, content.encoding);
    if (!whole)
        return readPlainText(content, reading);
    DocumentBuilder builder(QStringLiteral("jsonl"));
    simdjson::dom::parser parser;
    int number = 0;
    for (const QStringView line : QStringView(*whole).tokenize(u'\n')) {
        if (++number % 1024 == 0 && reading.stops())
            return std::unexpected(cancelledError());
        const QByteArray bytes = line.trimmed().toUtf8();
        element record;
        if (bytes.isEmpty() || builder.isFull())
            continue;
        if (number <= rowsWithPlace || number % rowsTogether == 0)
            builder.beginPlace(Place::Line, QString::number(number), {}, number);
        QStringList parts;
        if (parser.parse(bytes.constData(), size_t(bytes.size())).get(record) == simdjson::SUCCESS)
            flatten(record, {}, parts);
        else
            parts << line.toString().simplified();
        builder.addLine(parts.join(QStringLiteral("; ")));
    }
    return builder.finish(content.name);
}

Result<Document> readNotebook(const Content &content, const Reading &reading)
{
    const QByteArray bytes = utf8Of(content);
    simdjson::dom::parser parser;
    element root;
    simdjson::dom::array cells;
    if (bytes.isEmpty() || parser.parse(bytes.constData(), size_t(bytes.size())).get(root) != simdjson::SUCCESS
        || root.at_key("cells").get_array().get(cells) != simdjson::SUCCESS)
        return readJson(content, reading);
    element found;
    const bool isNamed = root.at_pointer("/metadata/kernelspec/language").get(found) == simdjson::SUCCESS;
    const QString language = isNamed ? joinedText(found) : QString();
    DocumentBuilder builder(QStringLiteral("notebook"));
    for (const element cell : cells) {
        const QString source = textAt(cell, "source");
        if (textAt(cell, "cell_type") != u"code") {
            builder.addVerbatim(source);
            continue;
        }
        if (!source.trimmed().isEmpty())
            builder.addVerbatim(fenced(source, language));
        if (const QString output = outputsOf(cell); !output.trimmed().isEmpty())
            builder.addVerbatim(fenced(output, {}));
    }
    auto written = builder.finish(content.name);
    return written ? markdownDocument(written->text, QStringLiteral("notebook")) : written;
}

} // namespace quintet::document
