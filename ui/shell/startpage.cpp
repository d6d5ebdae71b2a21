// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/startpage.h"

#include "ui/advice/advicesession.h"
#include "ui/advice/wishbox.h"
#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/picture.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QPlainTextEdit>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int columnWidth = 860;

/// Low to very high as filled points beside the word, so that a column can be read at a glance.
QString points(pattern::Level level)
{
    const int filled = static_cast<int>(level) + 1;
    return QString(filled, u'●') + QString(4 - filled, u'○');
}

QWidget *levelCell(pattern::Level level)
{
    auto *row = makeRow(6);
    auto *marks = makeLabel(points(level), TextStyle::Rail, Tone::Accent);
    marks->setAccessibleName(pattern::nameOf(level));
    row->addWidget(marks);
    row->addWidget(makeLabel(pattern::nameOf(level), TextStyle::Small, Tone::Second), 1);
    auto *cell = new QWidget;
    cell->setLayout(row);
    return cell;
}

} // namespace

StartPage::StartPage()
{
    setObjectName(u"startPage"_s);
    setAccessibleName(tr("Start"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *title = makeLabel(tr("Five ways to use a language model"), TextStyle::Display);
    auto *subtitle = makeLabel(tr("Start simple: each has its price, and most tasks need only the first."),
                               TextStyle::Reading, Tone::Second);
    subtitle->setWordWrap(true);
    QBoxLayout *column = makeColumn(0);
    column->setContentsMargins(24, 32, 24, 24);
    column->addWidget(title);
    column->addSpacing(6);
    column->addWidget(subtitle);
    column->addSpacing(24);
    column->addWidget(makeAdvisor());
    column->addSpacing(20);
    column->addWidget(makeTable());
    column->addStretch(1);
    auto *content = new QWidget;
    content->setMaximumWidth(columnWidth + 48);
    content->setLayout(column);
    QBoxLayout *row = makeRow(0);
    row->addStretch(1);
    row->addWidget(content, 100);
    row->addStretch(1);
    auto *page = new QWidget;
    page->setLayout(row);
    setWidget(page);
    setFocusProxy(m_wish->editor());
}

QWidget *StartPage::makeAdvisor()
{
    m_wish = new WishBox(u"wish"_s);
    m_wish->editor()->setPlaceholderText(
        tr("Say what you want, paste a text, or drop files, a folder, a link or a picture"));
    m_pattern = makeLabel({}, TextStyle::Heading);
    m_pattern->setObjectName(u"advisedPattern"_s);
    m_reasons = makeLabel({}, TextStyle::Base);
    m_reasons->setObjectName(u"advisedReasons"_s);
    m_reasons->setWordWrap(true);
    m_expected = makeLabel({}, TextStyle::Small, Tone::Second);
    m_expected->setObjectName(u"advisedExpectation"_s);
    m_expected->setWordWrap(true);
    m_alternative = makeLabel({}, TextStyle::Small, Tone::Second);
    m_alternative->setWordWrap(true);
    m_go = new Button(u"advisedOpen"_s, {}, Button::Primary);
    m_instead = new Button(u"advisedInstead"_s, {}, Button::Quiet);
    QBoxLayout *texts = makeColumn(4);
    texts->addWidget(m_pattern);
    texts->addWidget(m_reasons);
    texts->addWidget(m_expected);
    texts->addWidget(m_alternative);
    QBoxLayout *buttons = makeColumn(6);
    buttons->addWidget(m_go);
    buttons->addWidget(m_instead);
    buttons->addStretch(1);
    QBoxLayout *answer = makeRow(16);
    answer->setContentsMargins(0, 8, 0, 0);
    answer->addLayout(texts, 1);
    answer->addLayout(buttons);
    m_advice = wrap(answer);
    m_advice->hide();
    QBoxLayout *column = makeColumn(8);
    column->setContentsMargins(18, 14, 18, 16);
    column->addWidget(makeLabel(tr("What do you want to do?"), TextStyle::Heading));
    column->addWidget(m_wish);
    column->addWidget(m_advice);
    QFrame *card = makeCard(u"advisor"_s);
    card->setLayout(column);
    connect(m_wish, &WishBox::changed, this, [this] {
        if (m_advisor)
            m_advisor->consider(m_wish->meant());
        Q_EMIT wishChanged();
    });
    connect(m_wish, &WishBox::goAsked, this, [this] { go(m_advised); });
    connect(m_go, &Button::clicked, this, [this] { go(m_advised); });
    connect(m_instead, &Button::clicked, this, [this] { go(m_second); });
    return card;
}

QWidget *StartPage::makeTable()
{
    auto *grid = new QGridLayout;
    grid->setContentsMargins(18, 12, 18, 12);
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(0);
    int row = 0;
    const QStringList titles{tr("Tab"), tr("Complexity"), tr("Cost"), tr("Latency"), tr("Use it for")};
    for (int column = 0; column < titles.size(); ++column)
        grid->addWidget(makeLabel(titles[column], TextStyle::Small, Tone::Second), row, column);
    grid->setRowMinimumHeight(row, 28);
    for (const pattern::Traits &traits : pattern::allTraits()) {
        grid->addWidget(makeHairline(), ++row, 0, 1, -1);
        grid->setRowMinimumHeight(++row, 52);
        QBoxLayout *names = makeColumn(0);
        names->addStretch(1);
        names->addWidget(makeLabel(traits.title, TextStyle::Heading));
        names->addWidget(makeLabel(traits.technique, TextStyle::Facts, Tone::Second));
        names->addStretch(1);
        QBoxLayout *name = makeRow(10);
        name->addWidget(new Picture(icon(traits.key), 20));
        name->addLayout(names, 1);
        grid->addLayout(name, row, 0);
        grid->addWidget(levelCell(traits.complexity), row, 1);
        grid->addWidget(levelCell(traits.cost), row, 2);
        grid->addWidget(levelCell(traits.latency), row, 3);
        auto *use = makeLabel(traits.use, TextStyle::Base);
        use->setWordWrap(true);
        use->setContentsMargins(0, 6, 0, 6);
        grid->addWidget(use, row, 4);
        auto *open = new Button(u"open-%1"_s.arg(traits.key), tr("Open"), Button::Plain, Button::Small);
        open->setAccessibleName(tr("Open %1").arg(traits.title));
        connect(open, &Button::clicked, this, [this, key = traits.key] { Q_EMIT tabChosen(key); });
        grid->addWidget(open, row, 5);
        open->hide();
        m_openers.emplace_back(traits.key, open);
    }
    grid->setColumnStretch(4, 1);
    QFrame *card = makeCard(u"patterns"_s);
    card->setLayout(grid);
    return card;
}

void StartPage::setTabs(const QStringList &keys)
{
    m_tabs = keys;
    for (const auto &[key, opener] : m_openers)
        opener->setVisible(keys.contains(key));
}

void StartPage::setAdvice(AdviceSession *advice)
{
    m_advisor = advice;
    connect(advice, &AdviceSession::advised, this, &StartPage::showAdvice);
    advice->consider(m_wish->meant());
}

void StartPage::ask(const QString &wish)
{
    Given given = m_wish->given();
    given.text = wish;
    m_wish->setGiven(given);
}

const Given &StartPage::wish() const
{
    return m_wish->given();
}

QString StartPage::offer(const Given &) const
{
    return tr("See which tab fits");
}

void StartPage::receive(const Given &given)
{
    m_wish->add(given);
    m_wish->editor()->setFocus();
}

void StartPage::showAdvice()
{
    const auto &advice = m_advisor->advice();
    m_advice->setVisible(advice.has_value());
    m_advised = advice ? advice->traits.key : QString();
    if (!advice)
        return;
    const pattern::Traits second = pattern::traitsOf(advice->alternative);
    m_second = second.key;
    m_pattern->setText(advice->traits.title);
    m_reasons->setText(advice->reasons.join(u' '));
    m_expected->setText(m_advisor->expectation());
    m_expected->setVisible(!m_advisor->expectation().isEmpty());
    m_alternative->setText(tr("Next best: %1. %2").arg(second.title, advice->whyNotAlternative));
    m_go->setVisible(m_tabs.contains(m_advised));
    m_go->setText(tr("Go to %1").arg(advice->traits.title));
    m_go->setAccessibleName(m_go->text());
    m_instead->setVisible(m_tabs.contains(m_second));
    m_instead->setText(tr("%1 instead").arg(second.title));
    m_instead->setAccessibleName(m_instead->text());
}

/// Carries what stands in the box over; it is the tab's from then on.
void StartPage::go(QString key)
{
    if (!m_tabs.contains(key) || m_wish->given().isEmpty())
        return;
    const Given given = m_wish->meant();
    m_wish->setGiven({});
    Q_EMIT wishChosen(key, given);
}

} // namespace quintet::ui
