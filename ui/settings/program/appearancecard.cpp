// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/program/appearancecard.h"

#include "ui/theme/label.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QFontDatabase>
#include <QLocale>
#include <QSpinBox>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int labelWidth = 120;

QComboBox *makeBox(const QString &name, const QString &accessibleName)
{
    auto *box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(accessibleName);
    box->setMinimumWidth(200);
    return box;
}

} // namespace

AppearanceCard::AppearanceCard(const ThemeChoice &choice, const QStringList &languages)
    : m_first(choice),
      m_choice(choice),
      m_later(makeLabel(tr("Size, font, density and language change when Quintet starts anew."), TextStyle::Facts,
                        Tone::Accent))
{
    setObjectName(u"appearanceCard"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    m_later->setObjectName(u"appearanceLater"_s);
    m_later->setWordWrap(true);
    m_later->hide();
    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(16, 12, 16, 12);
    makeColours(column);
    makeSizes(column);
    makeLanguages(column, languages);
    column->addWidget(m_later);
    setLayout(column);
}

QBoxLayout *AppearanceCard::addRow(QBoxLayout *column, const QString &text)
{
    QLabel *label = makeLabel(text, TextStyle::Base, Tone::Second);
    label->setMinimumWidth(labelWidth);
    QBoxLayout *row = makeRow(12);
    row->addWidget(label);
    column->addLayout(row);
    return row;
}

void AppearanceCard::makeColours(QBoxLayout *column)
{
    auto *appearance = new SegmentedControl(u"appearance"_s, tr("Appearance"));
    appearance->add(static_cast<int>(Appearance::System), u"appearanceSystem"_s, tr("As the system"));
    appearance->add(static_cast<int>(Appearance::Light), u"appearanceLight"_s, tr("Light"));
    appearance->add(static_cast<int>(Appearance::Dark), u"appearanceDark"_s, tr("Dark"));
    appearance->setCurrent(static_cast<int>(m_choice.appearance));
    connect(appearance, &SegmentedControl::chosen, this, [this](int id) {
        m_choice.appearance = static_cast<Appearance>(id);
        change();
    });
    QBoxLayout *row = addRow(column, tr("Theme"));
    row->addWidget(appearance);
    row->addStretch(1);

    QComboBox *accent = makeBox(u"accent"_s, tr("Accent colour"));
    for (const auto &[name, colour] :
         {std::pair{tr("Quintet's own"), u""_s}, std::pair{tr("As the system"), u"system"_s},
          std::pair{tr("Blue"), u"#1f6fd1"_s}, std::pair{tr("Teal"), u"#0f766e"_s},
          std::pair{tr("Green"), u"#2f7d4f"_s}, std::pair{tr("Orange"), u"#b45309"_s},
          std::pair{tr("Red"), u"#b93a4a"_s}, std::pair{tr("Purple"), u"#7e3fb3"_s}})
        accent->addItem(name, colour);
    accent->setCurrentIndex(std::max(0, accent->findData(m_choice.accent)));
    connect(accent, &QComboBox::activated, this, [this, accent] {
        m_choice.accent = accent->currentData().toString();
        change();
    });
    row = addRow(column, tr("Accent"));
    row->addWidget(accent);
    row->addStretch(1);

    row = addRow(column, tr("Comfort"));
    makeSwitch(row, u"highContrast"_s, tr("High contrast"), &ThemeChoice::highContrast);
    makeSwitch(row, u"reducedMotion"_s, tr("Reduced motion"), &ThemeChoice::reducedMotion);
    makeSwitch(row, u"compact"_s, tr("Compact"), &ThemeChoice::compact);
    row->addStretch(1);
}

QCheckBox *AppearanceCard::makeSwitch(QBoxLayout *row, const QString &name, const QString &text,
                                      bool ThemeChoice::*part)
{
    auto *box = new QCheckBox(text);
    box->setObjectName(name);
    box->setAccessibleName(text);
    box->setChecked(m_choice.*part);
    connect(box, &QCheckBox::toggled, this, [this, part](bool on) {
        m_choice.*part = on;
        change();
    });
    row->addWidget(box);
    return box;
}

void AppearanceCard::makeSizes(QBoxLayout *column)
{
    auto *percent = new QSpinBox;
    percent->setObjectName(u"sizePercent"_s);
    percent->setAccessibleName(tr("Size of everything in percent"));
    percent->setRange(75, 300);
    percent->setSingleStep(25);
    percent->setSuffix(tr(" %"));
    percent->setFixedWidth(110);
    percent->setValue(m_choice.percent);
    connect(percent, &QSpinBox::valueChanged, this, [this](int value) {
        m_choice.percent = value;
        change();
    });
    QBoxLayout *row = addRow(column, tr("Size"));
    row->addWidget(percent);
    row->addStretch(1);

    m_font = makeBox(u"interfaceFont"_s, tr("Font of the window"));
    m_font->addItem(tr("As the system"), QString());
    m_font->setMaximumWidth(320);
    connect(m_font, &QComboBox::activated, this, [this] {
        m_choice.fontFamily = m_font->currentData().toString();
        change();
    });
    row = addRow(column, tr("Font"));
    row->addWidget(m_font);
    row->addStretch(1);
}

void AppearanceCard::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    if (m_font->count() > 1)
        return;
    for (const QString &family : QFontDatabase::families()) {
        if (!QFontDatabase::isPrivateFamily(family))
            m_font->addItem(family, family);
    }
    m_font->setCurrentIndex(std::max(0, m_font->findData(m_choice.fontFamily)));
}

void AppearanceCard::makeLanguages(QBoxLayout *column, const QStringList &languages)
{
    QComboBox *language = makeBox(u"language"_s, tr("Language of the window"));
    language->addItem(tr("As the system"), QString());
    language->addItem(u"English"_s, u"en"_s);
    for (const QString &code : languages)
        language->addItem(QLocale(code).nativeLanguageName(), code);
    language->setCurrentIndex(std::max(0, language->findData(m_choice.language)));
    connect(language, &QComboBox::activated, this, [this, language] {
        m_choice.language = language->currentData().toString();
        change();
    });
    QBoxLayout *row = addRow(column, tr("Language"));
    row->addWidget(language);
    row->addStretch(1);
}

void AppearanceCard::change()
{
    m_later->setVisible(m_choice.compact != m_first.compact || m_choice.percent != m_first.percent
                        || m_choice.fontFamily != m_first.fontFamily || m_choice.language != m_first.language);
    Q_EMIT chosen(m_choice);
}

} // namespace quintet::ui
