// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/summarize/wishbar.h"

#include "ui/models/modelpicker.h"
#include "ui/summarize/summarizesession.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/foldingbar.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using summarize::Style;

namespace {

/// Languages by their own names, as a model is told them; the first column is what it is asked for.
constexpr std::pair<const char *, const char *> languages[] = {
    {"English", "English"},      {"German", "Deutsch"},       {"French", "Français"},  {"Spanish", "Español"},
    {"Italian", "Italiano"},     {"Portuguese", "Português"}, {"Dutch", "Nederlands"}, {"Polish", "Polski"},
    {"Ukrainian", "Українська"}, {"Russian", "Русский"},      {"Turkish", "Türkçe"},   {"Arabic", "العربية"},
    {"Hindi", "हिन्दी"},          {"Chinese", "中文"},         {"Japanese", "日本語"},  {"Korean", "한국어"}};

} // namespace

WishBar::WishBar(SummarizeSession &session, ModelSession &models) : m_session(session)
{
    setObjectName(u"wishBar"_s);
    setBackgroundRole(QPalette::AlternateBase);
    setAutoFillBackground(true);
    m_instruction = new QLineEdit;
    m_instruction->setObjectName(u"instruction"_s);
    m_instruction->setAccessibleName(tr("What is to be made of the text, in your own words"));
    m_instruction->setPlaceholderText(tr("For example: explain it to a new member, and name the three largest risks"));
    QBoxLayout *instructionRow = makeRow();
    instructionRow->setContentsMargins(16, 0, 16, 10);
    instructionRow->addWidget(m_instruction);
    m_instructionRow = new QWidget;
    m_instructionRow->setLayout(instructionRow);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(new FoldingBar(makeWishGroup(), makeRunGroup(models)));
    column->addWidget(m_instructionRow);
    setLayout(column);

    connect(m_instruction, &QLineEdit::textEdited, &m_session, &SummarizeSession::setInstruction);
    connect(m_instruction, &QLineEdit::returnPressed, &m_session, &SummarizeSession::summarize);
    connect(&m_session, &SummarizeSession::wishChanged, this, &WishBar::showWish);
    connect(&m_session, &SummarizeSession::endpointChanged, this, &WishBar::showEndpoint);
    connect(&m_session, &SummarizeSession::started, this, &WishBar::showRunning);
    connect(&m_session, &SummarizeSession::ended, this, &WishBar::showRunning);
    showEndpoint();
    showWish();
    showRunning();
}

QWidget *WishBar::makeWishGroup()
{
    m_styles = new SegmentedControl(u"styles"_s, tr("Kind of summary"));
    m_styles->add(static_cast<int>(Style::Brief), u"styleBrief"_s, tr("Brief"));
    m_styles->add(static_cast<int>(Style::Bullets), u"styleBullets"_s, tr("Bullets"));
    m_styles->add(static_cast<int>(Style::Detailed), u"styleDetailed"_s, tr("Detailed"));
    m_styles->add(static_cast<int>(Style::Actions), u"styleActions"_s, tr("Actions"));
    m_styles->add(SummarizeSession::ownWords, u"styleOwnWords"_s, tr("Own words…"));
    connect(m_styles, &SegmentedControl::chosen, this, [this](int style) {
        m_session.setStyle(style);
        if (style == SummarizeSession::ownWords)
            m_instruction->setFocus();
    });

    m_words = new QSpinBox;
    m_words->setObjectName(u"words"_s);
    m_words->setAccessibleName(tr("Length in words"));
    m_words->setRange(10, 5000);
    m_words->setSingleStep(10);
    m_words->setSuffix(tr(" words"));
    m_words->setFixedWidth(m_words->fontMetrics().horizontalAdvance(u"5000"_s + m_words->suffix()) + 40);
    connect(m_words, &QSpinBox::valueChanged, &m_session, &SummarizeSession::setWords);

    m_language = new QComboBox;
    m_language->setObjectName(u"language"_s);
    m_language->setAccessibleName(tr("Language of the summary"));
    m_language->addItem(tr("the text's language"), QString());
    for (const auto &[asked, shown] : languages)
        m_language->addItem(QString::fromUtf8(shown), QString::fromUtf8(asked));
    m_language->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_language->setMaxVisibleItems(20);
    connect(m_language, &QComboBox::activated, this,
            [this] { m_session.setLanguage(m_language->currentData().toString()); });

    auto *about = makeLabel(tr("about", "before a number of words"), TextStyle::Small, Tone::Second);
    auto *in = makeLabel(tr("in", "before a language"), TextStyle::Small, Tone::Second);
    QBoxLayout *row = makeRow();
    for (QWidget *widget :
         {static_cast<QWidget *>(m_styles), static_cast<QWidget *>(about), static_cast<QWidget *>(m_words),
          static_cast<QWidget *>(in), static_cast<QWidget *>(m_language)})
        row->addWidget(widget);
    auto *group = new QWidget;
    group->setLayout(row);
    return group;
}

QWidget *WishBar::makeRunGroup(ModelSession &models)
{
    m_picker = new ModelPicker(models);
    connect(m_picker, &ModelPicker::chosen, &m_session,
            [this](const ModelChoice &choice) { m_session.setEndpoint(choice.endpoint, choice.model); });
    connect(m_picker, &ModelPicker::failed, &m_session, &SummarizeSession::failed);
    m_run = new Button(u"summarize"_s, tr("Summarize"), Button::Primary);
    connect(m_run, &Button::clicked, this, [this] {
        if (m_session.isRunning())
            m_session.stop();
        else
            m_session.summarize();
    });
    QBoxLayout *row = makeRow();
    row->addWidget(m_picker);
    row->addWidget(m_run);
    auto *group = new QWidget;
    group->setLayout(row);
    return group;
}

void WishBar::showWish()
{
    m_styles->setCurrent(m_session.style());
    m_instructionRow->setVisible(m_session.style() == SummarizeSession::ownWords);
    if (m_instruction->text() != m_session.instruction())
        m_instruction->setText(m_session.instruction());
    const QSignalBlocker blocker(m_words);
    m_words->setValue(m_session.wish().targetWords());
    m_language->setCurrentIndex(std::max(0, m_language->findData(m_session.language())));
}

void WishBar::showEndpoint()
{
    const llm::Endpoint endpoint = m_session.endpoint();
    const bool isBuiltin = endpoint.kind == llm::EndpointKind::Builtin;
    const QString reason =
        isBuiltin ? tr("This needs a model; the built-in engine quotes sentences as they are.") : QString();
    m_picker->setCurrent(endpoint);
    m_language->setEnabled(!isBuiltin);
    m_language->setToolTip(reason);
    for (const int style : {static_cast<int>(Style::Actions), SummarizeSession::ownWords}) {
        m_styles->segment(style)->setEnabled(!isBuiltin);
        m_styles->segment(style)->setToolTip(reason);
    }
}

void WishBar::showRunning()
{
    const bool running = m_session.isRunning();
    m_run->setText(running ? tr("Stop") : tr("Summarize"));
    m_run->setAccessibleName(m_run->text());
    m_run->setHint(running ? tr("Esc") : tr("Ctrl+↵"));
    m_run->setIcon(running ? icon(u"stop"_s) : QIcon());
    m_run->setKind(running ? Button::Plain : Button::Primary);
}

} // namespace quintet::ui
