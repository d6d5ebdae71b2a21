// SPDX-License-Identifier: GPL-3.0-or-later
// Shows the transcript with recorded streams, for eyes; with --shots DIR it draws pictures instead.
#include "transcript/recording.h"
#include "ui/theme/theme.h"
#include "ui/transcript/transcript.h"
#include "ui/viewer/pdfpane.h"
#include "ui/viewer/pdfview.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QElapsedTimer>
#include <QSplitter>
#include <QTimer>

#include <cstring>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Writes a text into the open message, a few characters at a time, at about 1,000 tokens a second.
class Player final : public QObject {
public:
    Player(Transcript &transcript, const QString &id, const QString &text)
        : m_transcript(transcript),
          m_id(id),
          m_text(text)
    {
        m_timer.setInterval(4ms);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            m_transcript.appendText(m_id, m_text.sliced(m_at, std::min<qsizetype>(16, m_text.size() - m_at)));
            m_at += 16;
            if (m_at >= m_text.size()) {
                m_timer.stop();
                m_transcript.finish(m_id);
            }
        });
        m_timer.start();
    }

private:
    Transcript &m_transcript;
    QString m_id;
    QString m_text;
    qsizetype m_at = 0;
    QTimer m_timer;
};

void showPassage(PdfPane &pane)
{
    pane.load(QStringLiteral(QUINTET_TEST_DATA "/pdf/kettles.pdf"));
    pane.mark(pane.view()->textOf(0).simplified().sliced(60, 240), 0);
}

void takePictures(Theme &theme, Transcript &transcript, const QString &folder)
{
    QDir().mkpath(folder);
    const auto draw = [&](const QString &name, QSize size, double scale) {
        for (const bool isDark : {false, true}) {
            theme.setAppearance(isDark ? Appearance::Dark : Appearance::Light);
            transcript.resize(size);
            // Colours of code come from another thread.
            QElapsedTimer timer;
            for (timer.start(); timer.elapsed() < 300;)
                QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
            QImage image(size * scale, QImage::Format_ARGB32_Premultiplied);
            image.setDevicePixelRatio(scale);
            transcript.render(&image);
            image.save(u"%1/transcript-%2%3.png"_s.arg(folder, name, isDark ? u"-dark"_s : QString()));
        }
    };
    transcript.setMessages(test::sampleConversation());
    transcript.appendText(u"a1"_s, test::sampleAnswer().trimmed().chopped(1));
    draw(u"chat-954x620"_s, {954, 620}, 1);
    draw(u"chat-420x620"_s, {420, 620}, 1);
    draw(u"chat-200-percent"_s, {954, 620}, 2);
    transcript.finish(u"a1"_s);
    transcript.setMessages(test::sampleRun());
    transcript.setFolded(u"a2"_s, 0, false);
    transcript.setFolded(u"a2"_s, 1, false);
    transcript.setFolded(u"a2"_s, 2, false);
    draw(u"run-954x1250"_s, {954, 1250}, 1);
    QFile everything(QStringLiteral(QUINTET_TEST_DATA "/markdown/everything.md"));
    if (everything.open(QIODevice::ReadOnly))
        transcript.setMessages({{.id = u"e"_s, .parts = {TextPart{QString::fromUtf8(everything.readAll())}}}});
    draw(u"markdown-954x2600"_s, {954, 2600}, 1);
    PdfPane pane;
    showPassage(pane);
    pane.resize(560, 760);
    pane.show();
    for (const bool isDark : {false, true}) {
        theme.setAppearance(isDark ? Appearance::Dark : Appearance::Light);
        QElapsedTimer timer; // pages come from another thread
        for (timer.start(); timer.elapsed() < 400;)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        pane.grab().save(u"%1/transcript-viewer%2.png"_s.arg(folder, isDark ? u"-dark"_s : QString()));
    }
    pane.hide();
    transcript.openFindBar();
    transcript.find(u"item"_s);
    draw(u"find-954x700"_s, {954, 700}, 1);
}

} // namespace

int main(int argc, char *argv[])
{
    const bool wantsPictures = argc > 2 && std::strcmp(argv[1], "--shots") == 0;
    if (wantsPictures)
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (QGuiApplication::platformName() == u"offscreen")
        QApplication::setFont(QFont(u"Noto Sans"_s));
    Theme theme;
    Transcript transcript;
    if (wantsPictures) {
        transcript.show();
        takePictures(theme, transcript, QString::fromLocal8Bit(argv[2]));
        return 0;
    }
    QObject::connect(&transcript, &Transcript::linkActivated, &transcript,
                     [](const QUrl &url) { QDesktopServices::openUrl(url); });
    PdfPane pane;
    showPassage(pane);
    QSplitter both;
    both.addWidget(&transcript);
    both.addWidget(&pane);
    both.resize(1400, 800);
    both.show();
    std::vector<Message> messages = test::longConversation(1000);
    for (Message &message : test::sampleRun())
        messages.push_back(std::move(message));
    for (Message &message : test::sampleConversation())
        messages.push_back(std::move(message));
    transcript.setMessages(std::move(messages));
    Player player(transcript, u"a1"_s, test::sampleAnswer() + u"\n\n"_s + test::mixedMarkdown(64'000));
    return QApplication::exec();
}
