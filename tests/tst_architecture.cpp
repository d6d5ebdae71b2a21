// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

/// The rules of the house that a linker cannot see, read from the sources of app, core and ui.
class TestArchitecture final : public QObject {
    Q_OBJECT

private:
    struct Source {
        QString path; ///< from the top, "core/net/httpclient.cpp"
        QString text;
        qsizetype lines = 0;

        QString room() const { return path.section(u'/', 1, -2); }
        QString file() const { return path.section(u'/', -1); }
    };

    QList<Source> m_sources;

    template<typename Rule>
    static void verifyNone(const QList<Source> &sources, Rule breaks)
    {
        QStringList found;
        for (const Source &source : sources) {
            if (const QString what = breaks(source); !what.isEmpty())
                found << source.path + QStringLiteral(": ") + what;
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }

    static QString firstMatch(const QString &text, const QString &pattern)
    {
        return QRegularExpression(pattern, QRegularExpression::MultilineOption).match(text).captured();
    }

    QList<Source> under(const QString &folder) const
    {
        QList<Source> chosen;
        for (const Source &source : m_sources) {
            if (source.path.startsWith(folder))
                chosen << source;
        }
        return chosen;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QDir top(QStringLiteral(QUINTET_SOURCE_FOLDER));
        for (const char *folder : {"app", "core", "ui"}) {
            QDirIterator files(top.filePath(QString::fromLatin1(folder)),
                               {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QString text = QString::fromUtf8(file.readAll());
                m_sources << Source{top.relativeFilePath(file.fileName()), text, text.count(u'\n')};
            }
        }
        QVERIFY(m_sources.size() > 50);
    }

    void noFileIsPastItsSize()
    {
        verifyNone(m_sources, [](const Source &source) {
            return source.lines > 600 ? QStringLiteral("%1 lines").arg(source.lines) : QString();
        });
    }

    void noWindowHeaderIsInCore()
    {
        verifyNone(under(QStringLiteral("core/")), [](const Source &source) {
            return firstMatch(
                source.text,
                QStringLiteral("#include [<\"](ui/|app/|Qt(Gui|Widgets)/|Q(Widget|GuiApplication|Application|"
                               "Icon|Pixmap|Image|Color|Font|Painter|Palette|TextDocument|Clipboard)).*"));
        });
    }

    void includesFollowTheArrows()
    {
        // What each room may include; a room that is not here may include what it likes to the left of it.
        const QMap<QString, QStringList> allowed{
            {QStringLiteral("base"), {}},
            {QStringLiteral("text"), {QStringLiteral("base")}},
            {QStringLiteral("net"), {QStringLiteral("base")}},
            {QStringLiteral("store"), {QStringLiteral("base")}},
            {QStringLiteral("document"),
             {QStringLiteral("base"), QStringLiteral("text"), QStringLiteral("net"), QStringLiteral("store")}},
            {QStringLiteral("usage"),
             {QStringLiteral("base"), QStringLiteral("text"), QStringLiteral("net"), QStringLiteral("store")}},
        };
        const QStringList features{QStringLiteral("summarize"), QStringLiteral("chat"),  QStringLiteral("batch"),
                                   QStringLiteral("knowledge"), QStringLiteral("agent"), QStringLiteral("pattern")};
        const QStringList below{QStringLiteral("base"),  QStringLiteral("text"),     QStringLiteral("net"),
                                QStringLiteral("store"), QStringLiteral("document"), QStringLiteral("usage"),
                                QStringLiteral("llm")};
        static const QRegularExpression include(QStringLiteral("^#include \"([a-z]+)/"),
                                                QRegularExpression::MultilineOption);
        verifyNone(under(QStringLiteral("core/")), [&](const Source &source) {
            const QString room = source.room().section(u'/', 0, 0);
            QStringList may = features.contains(room) ? below : allowed.value(room, below);
            may << room;
            for (const auto &match : include.globalMatch(source.text)) {
                if (!may.contains(match.captured(1)))
                    return QStringLiteral("includes %1").arg(match.captured(1));
            }
            return QString();
        });
    }

    void theWindowKnowsNoProgramAndTabsDoNotKnowEachOther()
    {
        const QStringList tabs{QStringLiteral("summarize"), QStringLiteral("chat"), QStringLiteral("batch"),
                               QStringLiteral("knowledge"), QStringLiteral("agent")};
        static const QRegularExpression include(QStringLiteral("^#include \"(app|ui/[a-z]+)/"),
                                                QRegularExpression::MultilineOption);
        verifyNone(under(QStringLiteral("ui/")), [&](const Source &source) {
            for (const auto &match : include.globalMatch(source.text)) {
                const QString other = match.captured(1).section(u'/', -1);
                const bool isSideways = tabs.contains(other) && tabs.contains(source.room()) && other != source.room();
                if (other == u"app" || isSideways || (other == u"shell" && source.room() != u"shell"))
                    return match.captured();
            }
            return QString();
        });
    }

    void onlyNetCallsTheNetwork()
    {
        verifyNone(m_sources, [](const Source &source) {
            return source.path.startsWith(u"core/net/")
                       ? QString()
                       : firstMatch(source.text, QStringLiteral("QNetworkAccessManager"));
        });
    }

    void sqlIsInStoresOnly()
    {
        verifyNone(m_sources, [](const Source &source) {
            const bool isStore = source.path.startsWith(u"core/store/") || source.file().endsWith(u"store.cpp")
                                 || source.path.startsWith(u"core/agent/database");
            return isStore
                       ? QString()
                       : firstMatch(source.text,
                                    QStringLiteral(
                                        "#include <QSql.*|\"(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE) .*"));
        });
    }

    void theGraphIndexHasOneOwner()
    {
        verifyNone(m_sources, [](const Source &source) {
            return source.file() == u"vectorindex.cpp"
                       ? QString()
                       : firstMatch(source.text, QStringLiteral("#include .hnswlib/.*"));
        });
    }

    void nothingIsASingletonOrANestedLoop()
    {
        verifyNone(m_sources, [](const Source &source) {
            return firstMatch(
                source.text,
                QStringLiteral("static [A-Za-z:]+ ?[&*] "
                               "?instance\\(\\)|\\bprocessEvents\\(|QEventLoop\\b|\\bwaitFor\\(task|QCoro::waitFor"));
        });
    }

    void theCommandLineNeedsNoWindowLibrary()
    {
        QProcess readelf;
        readelf.start(QStringLiteral("readelf"), {QStringLiteral("-d"), QStringLiteral(QUINTET_PROGRAMS "/quintet")});
        QVERIFY(readelf.waitForFinished());
        const QString section = QString::fromUtf8(readelf.readAllStandardOutput());
        QVERIFY(section.contains(QStringLiteral("libQt6Core")));
        QVERIFY2(!section.contains(QRegularExpression(QStringLiteral("libQt6(Gui|Widgets)"))), qPrintable(section));
    }
};

QTEST_GUILESS_MAIN(TestArchitecture)
#include "tst_architecture.moc"
