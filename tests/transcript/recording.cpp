// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/recording.h"

#include <QFile>

namespace quintet::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace ui;

namespace {

QString dataFile(const QString &name)
{
    QFile file(QStringLiteral(QUINTET_TEST_DATA "/markdown/") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

Message question(const QString &id, const QString &text)
{
    return {.id = id, .author = Author::User, .parts = {TextPart{text}}};
}

} // namespace

QString sampleAnswer()
{
    return dataFile(u"answer.md"_s);
}

std::vector<Message> sampleConversation()
{
    Message asked = question(
        u"q1"_s, u"Read a JSON-lines log and keep only the newest record per key. It is 40 GB, so not in memory."_s);
    asked.parts.push_back(AttachmentsPart{{{u"sample.jsonl"_s, u"2,140 tokens"_s}}});
    Message answer{.id = u"a1"_s, .parts = {ReasoningPart{u"Sorting *outside* of memory is the way."_s, 3200ms}}};
    answer.isOpen = true;
    return {asked, answer};
}

std::vector<Message> sampleRun()
{
    Message asked = question(u"q2"_s, u"Which three products sold best last quarter, and by how much did they grow?"_s);
    Message answer{.id = u"a2"_s};
    answer.parts = {
        ReasoningPart{u"The orders table has a date; I compare two quarters."_s, 1400ms},
        ToolPart{.id = u"t1"_s,
                 .name = u"query_database"_s,
                 .summary = u"SELECT product, SUM(amount) …"_s,
                 .arguments =
                     u"{\n  \"sql\": \"SELECT product, SUM(amount) FROM orders GROUP BY product LIMIT 3\"\n}"_s,
                 .result = u"| product | this quarter | before |\n|---|--:|--:|\n| Kettle | 48,200 | 41,900 |\n"
                           "| Toaster | 31,000 | 33,400 |\n| Scale | 22,750 | 12,800 |"_s,
                 .resultFormat = u"markdown"_s,
                 .state = ToolPart::Done,
                 .duration = 120ms},
        ToolPart{.id = u"t2"_s,
                 .name = u"write_file"_s,
                 .summary = u"report.md"_s,
                 .result = u"@@ -1,2 +1,3 @@\n # Report\n-old line\n+Kettle leads.\n+Scale grew most."_s,
                 .resultFormat = u"diff"_s,
                 .state = ToolPart::Refused},
        ApprovalPart{.id = u"ok"_s,
                     .question = u"Write report.md in the project's folder?"_s,
                     .choices = {{u"once"_s, u"Allow once"_s, true},
                                 {u"always"_s, u"Always allow"_s},
                                 {u"no"_s, u"Refuse"_s, false, true}}},
        TextPart{u"The **kettle** leads with 48,200, up 15 %[1]. The scale grew most, by 78 % [2]. "
                 "Growth is $g = \\frac{a}{b} - 1$:\n\n$$g_{scale} = \\frac{22750}{12800} - 1 = 0.78$$\n\n"
                 "- [x] compared two quarters\n- [ ] checked returns[^1]\n\n[^1]: Returns come a month later."_s},
        SourcesPart{{{u"1"_s, u"sales.xlsx"_s, u"sheet Q3"_s, u"Kettle 48,200 41,900 …"_s},
                     {u"2"_s, u"annual-report.pdf"_s, u"page 12"_s,
                      u"The kitchen scale almost doubled within a year, carried by the new model …"_s}}},
        ErrorPart{u"The server hung up after 12 seconds. What was written is kept."_s, u"Try again"_s},
        FactsPart{{u"qwen3-8b"_s, u"first token 0.24 s"_s, u"61 tokens/s"_s, u"412 tokens"_s, u"free (local)"_s}}};
    return {asked, answer};
}

std::vector<Message> longConversation(int count)
{
    std::vector<Message> messages;
    messages.reserve(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i) {
        if (i % 2 == 0) {
            messages.push_back(question(u"m%1"_s.arg(i), u"Question %1: what about the %2 case?"_s.arg(i).arg(i % 7)));
            continue;
        }
        const QString text =
            u"Answer %1. There are **two** ways, `first` and second.\n\n- one way, which is short\n"
            "- the other, which takes a line that is long enough to wrap in a window of usual width, "
            "with [a link](https://example.org/%1)\n\n```python\nfor x in range(%1):\n    print(x)\n```\n"_s.arg(i);
        messages.push_back({.id = u"m%1"_s.arg(i), .parts = {TextPart{text}, FactsPart{{u"61 tokens/s"_s}}}});
    }
    return messages;
}

QString mixedMarkdown(qsizetype size)
{
    const QString piece =
        dataFile(u"answer.md"_s) + u"\n1. a step\n2. another *step*\n   - below it\n\n> a quote\n\n"_s;
    QString text;
    for (int i = 1; text.size() < size; ++i)
        text += u"## Part %1\n\n"_s.arg(i) + piece;
    return text.first(size);
}

} // namespace quintet::test
