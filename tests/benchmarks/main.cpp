// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmark.h"

#include <QCommandLineParser>
#ifdef QUINTET_WINDOW
#include <QApplication>
using Application = QApplication;
#else
#include <QCoreApplication>
using Application = QCoreApplication;
#endif
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>

using namespace quintet::bench;
using namespace Qt::StringLiterals;

namespace {

struct Named {
    QString name;
    Benchmark run;
};

QByteArray asJson(const Figure &figure)
{
    using namespace Qt::StringLiterals;
    const QJsonValue none;
    const QJsonObject object{{u"bench"_s, figure.bench},
                             {u"case"_s, figure.variant},
                             {u"figure"_s, figure.figure},
                             {u"value"_s, figure.value},
                             {u"unit"_s, figure.unit},
                             {u"baseline"_s, figure.baseline ? QJsonValue(QJsonObject{{u"name"_s, figure.baselineName},
                                                                                      {u"value"_s, *figure.baseline}})
                                                             : none},
                             {u"ratio"_s, figure.baseline ? QJsonValue(figure.value / *figure.baseline) : none}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray asRow(const Figure &figure)
{
    QString row = QStringLiteral("%1 %2 %3 %4 %5")
                      .arg(figure.bench, -10)
                      .arg(figure.variant, -38)
                      .arg(figure.figure, -11)
                      .arg(figure.value, 14, 'f', 1)
                      .arg(figure.unit, -9);
    if (figure.baseline)
        row += QStringLiteral(" %1 x %2 (%3)")
                   .arg(figure.value / *figure.baseline, 0, 'g', 3)
                   .arg(figure.baselineName)
                   .arg(*figure.baseline, 0, 'f', 1);
    return row.toUtf8();
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    Application application(argc, argv);
    const QList<Named> benchmarks{
        {QStringLiteral("batch"), batch},
        {QStringLiteral("extract"), extract},
        {QStringLiteral("gateway"), gateway},
        {QStringLiteral("serve"), serveBench},
        {QStringLiteral("sse"), sse},
        {QStringLiteral("knowledge"), knowledge},
        {QStringLiteral("summarize"), summarize},
        {QStringLiteral("summary-quality"), summaryQuality},
        {QStringLiteral("usage"), usageBench},
#ifdef QUINTET_WINDOW
        {QStringLiteral("transcript"), transcript},
        {QStringLiteral("chat"), chat},
        {QStringLiteral("startup"), startup},
#endif
    };
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("json"), QStringLiteral("one JSON object a figure")});
    parser.addOption({QStringLiteral("quick"), QStringLiteral("small sizes")});
    parser.addOption({QStringLiteral("long"), QStringLiteral("the largest sizes, which take many minutes")});
    parser.addOption(
        {QStringLiteral("data"), QStringLiteral("a folder for the benches of quality"), QStringLiteral("folder")});
    parser.addPositionalArgument(
        QStringLiteral("name"),
        QStringLiteral("which ones: batch, chat, extract, gateway, knowledge, serve, sse, "
                       "startup, summarize, summary-quality, transcript, usage; all if none is named"),
        QStringLiteral("[NAME...]"));
    QCommandLineOption serving(QStringLiteral("serve"), QStringLiteral("be the server of a bench"),
                               QStringLiteral("milliseconds"));
    serving.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(serving);
    QCommandLineOption beApi(QStringLiteral("be-api"), QStringLiteral("be Quintet's server, for a bench"),
                             QStringLiteral("upstream"));
    beApi.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(beApi);
    QCommandLineOption bare(QStringLiteral("be-bare-window"),
                            QStringLiteral("be a window without anything, for a bench"));
    bare.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(bare);
    parser.process(application);
#ifdef QUINTET_WINDOW
    if (parser.isSet(bare))
        return beBareWindow();
#endif
    if (parser.isSet(beApi))
        return beApiServer(parser.value(beApi));
    if (parser.isSet(serving))
        return serve(parser.value(serving).toInt());
    const QStringList names = parser.positionalArguments();
    for (const QString &name : names) {
        if (std::ranges::find(benchmarks, name, &Named::name) == benchmarks.end()) {
            std::fprintf(stderr, "quintet-bench: there is no benchmark named %s\n", qPrintable(name));
            return 2;
        }
    }
    for (const Named &benchmark : benchmarks) {
        // What needs a folder runs where one is given, or it is asked for by name.
        const bool isWanted = names.isEmpty() ? benchmark.name != u"summary-quality" || parser.isSet(u"data"_s)
                                              : names.contains(benchmark.name);
        if (!isWanted)
            continue;
        for (const Figure &figure :
             benchmark.run({parser.isSet(QStringLiteral("quick")), parser.value(QStringLiteral("data")),
                            parser.isSet(QStringLiteral("long"))}))
            std::printf("%s\n", (parser.isSet(QStringLiteral("json")) ? asJson(figure) : asRow(figure)).constData());
    }
    return 0;
}
