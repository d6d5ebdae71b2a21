// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/colors.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QLineEdit>
#include <QPainter>
#include <QSettings>
#include <QStyle>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet::ui;

class TestColors final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textCanBeRead_data() { addThemes(); }
    void textCanBeRead()
    {
        QFETCH(bool, dark);
        const Colors &colors = dark ? Colors::dark() : Colors::light();
        const QColor grounds[] = {colors.background, colors.rail, colors.surface, colors.sunken, colors.code};
        for (const QColor &ground : grounds) {
            for (const QColor &ink : {colors.text, colors.second, colors.good, colors.warning, colors.bad})
                verifyContrast(ink, ground, 4.5);
            verifyContrast(colors.third, ground, 3);
        }
        verifyContrast(colors.accent, colors.surface, 4.5);
        verifyContrast(colors.accent, colors.soft, 4.5);
        verifyContrast(colors.accentText, colors.accent, 4.5);
        verifyContrast(colors.text, colors.soft, 4.5);
        verifyContrast(colors.text, colors.highlight, 4.5);
        verifyContrast(colors.text, mixed(colors.highlight, colors.warning, 0.28), 4.5);
        verifyContrast(colors.good, colors.goodSoft, 4.5);
        verifyContrast(colors.warning, colors.warningSoft, 4.5);
        verifyContrast(colors.bad, colors.badSoft, 4.5);
        verifyContrast(colors.text, colors.badSoft, 4.5);
        // Chosen rows and badges, strips that tell of something, links and what is chosen on any ground.
        for (const QColor &ground : {colors.soft, colors.goodSoft, colors.warningSoft, colors.badSoft, colors.highlight})
            verifyContrast(colors.text, ground, 4.5);
        for (const QColor &ground : {colors.soft, colors.warningSoft, colors.badSoft})
            verifyContrast(colors.second, ground, 4.5);
        for (const QColor &ground : {colors.background, colors.rail, colors.sunken})
            verifyContrast(colors.accent, ground, 4.5);
        // The ring of the focus, and points that say what a word beside them says too.
        for (const QColor &ground : grounds) {
            for (const QColor &mark : {colors.accent, colors.good, colors.warning, colors.bad})
                verifyContrast(mark, ground, 3);
        }
        for (const QColor &ink : {colors.keyword, colors.accent, colors.good, colors.warning, colors.second})
            verifyContrast(ink, colors.code, 4.5);
    }

    void thePaletteTellsWhichColoursItWasMadeOf_data() { addThemes(); }
    void thePaletteTellsWhichColoursItWasMadeOf()
    {
        QFETCH(bool, dark);
        const Colors &colors = dark ? Colors::dark() : Colors::light();
        QCOMPARE(Colors::of(colors.toPalette()), colors);
    }

    void theThemeFollowsItsAppearance()
    {
        Theme theme;
        theme.setAppearance(Appearance::Dark);
        QCOMPARE(Colors::of(QGuiApplication::palette()), Colors::dark());
        theme.setAppearance(Appearance::Light);
        QCOMPARE(Colors::of(QGuiApplication::palette()), Colors::light());
        for (const Appearance appearance : {Appearance::System, Appearance::Light, Appearance::Dark})
            QCOMPARE(appearanceNamed(nameOf(appearance)), appearance);
    }

    void anIconTakesTheColourItIsPaintedInAtAnyScale()
    {
        QImage image(48, 48, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(2);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paintIcon(&painter, icon(QStringLiteral("stop")), QRect(0, 0, 24, 24), Qt::red);
        painter.end();
        // The left edge of the square at 6 of 24 units: in the colour, and sharp enough to be gone three pixels on.
        QVERIFY(image.pixelColor(12, 24).red() > 150);
        QCOMPARE(image.pixelColor(12, 24).blue(), 0);
        QCOMPARE(image.pixelColor(17, 24).alpha(), 0);
    }

    void anyAccentCanBeRead_data() { addThemes(); }
    void anyAccentCanBeRead()
    {
        QFETCH(bool, dark);
        for (int hue = 0; hue < 360; hue += 15) {
            for (const int lightness : {30, 90, 128, 200, 240}) {
                const Colors colors =
                    (dark ? Colors::dark() : Colors::light()).withAccent(QColor::fromHsl(hue, 220, lightness));
                for (const QColor &ground : {colors.surface, colors.background, colors.rail, colors.soft, colors.code})
                    verifyContrast(colors.accent, ground, 4.5);
                verifyContrast(colors.accentText, colors.accent, 4.5);
                verifyContrast(colors.text, colors.soft, 4.5);
            }
        }
        QCOMPARE(Colors::light().withAccent(QColor()), Colors::light());
    }

    void highContrastIsHigh_data() { addThemes(); }
    void highContrastIsHigh()
    {
        QFETCH(bool, dark);
        const Colors colors = (dark ? Colors::dark() : Colors::light()).withHighContrast();
        for (const QColor &ground : {colors.background, colors.rail, colors.surface, colors.sunken, colors.code}) {
            for (const QColor &ink : {colors.text, colors.second, colors.third, colors.accent, colors.good,
                                      colors.warning, colors.bad, colors.keyword})
                verifyContrast(ink, ground, 7);
            verifyContrast(colors.line, ground, 3);
        }
    }

    void aChoiceIsKeptAndWorn()
    {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        QCOMPARE(readThemeChoice(settings), ThemeChoice());
        const ThemeChoice choice{.appearance = Appearance::Dark,
                                 .accent = QStringLiteral("#2f7d4f"),
                                 .highContrast = true,
                                 .reducedMotion = true,
                                 .compact = true,
                                 .percent = 150,
                                 .fontFamily = QStringLiteral("DejaVu Sans"),
                                 .language = QStringLiteral("de")};
        writeThemeChoice(settings, choice);
        QCOMPARE(readThemeChoice(settings), choice);
        settings.setValue("window/percent", 9000);
        QCOMPARE(readThemeChoice(settings).percent, 300);
        {
            Theme theme(choice);
            const QPalette palette = QGuiApplication::palette();
            QCOMPARE(palette.color(QPalette::WindowText), QColor(Qt::white));
            QCOMPARE(Colors::of(palette).accent, palette.color(QPalette::Accent));
            QVERIFY(palette.color(QPalette::Accent).green() > palette.color(QPalette::Accent).blue());
            QCOMPARE(QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration), 0);
            QCOMPARE(QLineEdit().sizeHint().height(), 28);
        }
        Theme theme; // as it was
        theme.setAppearance(Appearance::Light);
        QCOMPARE(Colors::of(QGuiApplication::palette()), Colors::light());
        QCOMPARE(QLineEdit().sizeHint().height(), 32);
    }

private:
    static void addThemes()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    static void verifyContrast(const QColor &ink, const QColor &ground, double least)
    {
        QVERIFY2(contrast(ink, ground) >= least,
                 qPrintable(QStringLiteral("%1 on %2: %3").arg(ink.name(), ground.name()).arg(contrast(ink, ground))));
    }
};

QTEST_MAIN(TestColors)
#include "tst_colors.moc"
