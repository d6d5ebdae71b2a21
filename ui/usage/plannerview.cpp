// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/plannerview.h"

#include "ui/theme/label.h"
#include "ui/usage/figures.h"
#include "ui/widgets/button.h"
#include "ui/widgets/foldingbar.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QLineEdit>
#include <QSpinBox>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRequests = 1'000'000'000;
constexpr int mostTokens = 10'000'000;

QString dollars(double amount)
{
    return figures::money(usage::Money::fromDollars(std::min(amount, 9e9)));
}

QLabel *makeFigure(const QString &name)
{
    QLabel *label = makeLabel({}, TextStyle::Base);
    label->setObjectName(name);
    label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return label;
}

} // namespace

PlannerView::PlannerView(UsageSession &session)
    : m_session(session),
      m_model(new QComboBox),
      m_note(makeLabel({}, TextStyle::Facts, Tone::Second))
{
    setObjectName(u"planner"_s);
    m_model->setObjectName(u"plannerModel"_s);
    m_model->setAccessibleName(tr("Model"));
    m_model->setEditable(true);
    m_model->setInsertPolicy(QComboBox::NoInsert);
    m_model->setMinimumWidth(260);
    m_model->lineEdit()->setPlaceholderText(tr("A model's name"));
    m_model->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_model->completer()->setFilterMode(Qt::MatchContains);
    connect(m_model, &QComboBox::editTextChanged, this, &PlannerView::reckon);
    auto *again = new Button(u"plannerBegin"_s, tr("Begin anew"), Button::Quiet, Button::Small);
    again->setToolTip(
        tr("A service of 1,000,000 requests a day, with the tokens of your own requests where there are some"));
    connect(again, &Button::clicked, this, &PlannerView::begin);
    QBoxLayout *start = makeRow(10);
    start->addWidget(makeLabel(tr("What would it cost with"), TextStyle::Base));
    start->addWidget(m_model);
    QBoxLayout *end = makeRow();
    end->addWidget(again);
    m_note->setObjectName(u"plannerNote"_s);
    m_note->setWordWrap(true);
    m_sums = makeLabel({}, TextStyle::Title);
    m_sums->setObjectName(u"plannerSums"_s);
    m_sums->setWordWrap(true);
    QBoxLayout *column = makeColumn(14);
    auto *head = new FoldingBar(wrap(start), wrap(end));
    head->layout()->setContentsMargins({});
    column->addWidget(head);
    column->addWidget(m_sums);
    column->addWidget(makeTable());
    column->addWidget(m_note);
    setLayout(column);
    connect(&m_session, &UsageSession::changed, this, &PlannerView::takeState);
    connect(&m_session, &UsageSession::planned, this, &PlannerView::showCosts);
    begin();
}

QWidget *PlannerView::makeTable()
{
    QFrame *card = makeCard(u"plannerTable"_s);
    auto *grid = new QGridLayout;
    grid->setContentsMargins(16, 12, 16, 14);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(8);
    const QStringList titles{tr("Pattern"),      tr("Requests a day"),   tr("Tokens in"),
                             tr("out"),          tr("Cached, %"),        tr("Batch price"),
                             tr("Plain, a day"), tr("With both, a day"), tr("a month")};
    for (int column = 0; column < titles.size(); ++column) {
        QLabel *title = makeLabel(titles[column], TextStyle::Facts, Tone::Second);
        title->setAlignment((column == 0   ? Qt::AlignLeft
                             : column == 5 ? Qt::AlignHCenter
                                           : Qt::AlignRight)
                            | Qt::AlignVCenter);
        grid->addWidget(title, 0, column);
    }
    for (const usage::PlannedUse &use : usage::usualPlan({}))
        m_lines.push_back(addLine(grid, use.pattern));
    const int row = grid->rowCount();
    grid->addWidget(makeHairline(), row, 0, 1, int(titles.size()));
    grid->addWidget(makeLabel(tr("All"), TextStyle::Heading), row + 1, 0);
    m_total.month = makeFigure(u"plannerMonth"_s);
    m_total.plain = makeFigure(u"plannerPlain"_s);
    m_total.best = makeFigure(u"plannerBest"_s);
    int column = 6;
    for (QLabel *label : {m_total.plain, m_total.best, m_total.month}) {
        label->setFont(fontFor(TextStyle::Heading));
        grid->addWidget(label, row + 1, column++);
    }
    for (int each = 6; each < titles.size(); ++each)
        grid->setColumnStretch(each, 1);
    card->setLayout(grid);
    return card;
}

QSpinBox *PlannerView::makeField(const QString &name, const QString &accessibleName, int most)
{
    auto *field = new QSpinBox;
    field->setObjectName(name);
    field->setAccessibleName(accessibleName);
    field->setRange(0, most);
    field->setGroupSeparatorShown(true);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    field->setAlignment(Qt::AlignRight);
    field->setFocusPolicy(Qt::StrongFocus);
    field->setMinimumWidth(most > mostTokens ? 96 : most == 100 ? 52 : 72);
    connect(field, &QSpinBox::valueChanged, this, [this] {
        m_isChanged = true;
        reckon();
    });
    return field;
}

PlannerView::Line PlannerView::addLine(QGridLayout *grid, const QString &pattern)
{
    const QString title = figures::nameOf(pattern, usage::SplitBy::Pattern);
    const auto named = [&](const QString &what) { return tr("%1: %2").arg(title, what); };
    const QString name = u"planner-"_s + pattern;
    const Line line{pattern,
                    makeField(name + u"-requests"_s, named(tr("requests a day")), mostRequests),
                    makeField(name + u"-prompt"_s, named(tr("tokens in")), mostTokens),
                    makeField(name + u"-completion"_s, named(tr("tokens out")), mostTokens),
                    makeField(name + u"-cache"_s, named(tr("percent from the cache")), 100),
                    new QCheckBox,
                    makeFigure(name + u"-plain"_s),
                    makeFigure(name + u"-best"_s),
                    makeFigure(name + u"-month"_s)};
    line.batch->setObjectName(name + u"-batch"_s);
    line.batch->setAccessibleName(named(tr("at the price of a provider's batch")));
    connect(line.batch, &QCheckBox::toggled, this, [this] {
        m_isChanged = true;
        reckon();
    });
    const int row = grid->rowCount();
    grid->addWidget(makeLabel(title, TextStyle::Base), row, 0);
    grid->addWidget(line.requests, row, 1);
    grid->addWidget(line.prompt, row, 2);
    grid->addWidget(line.completion, row, 3);
    grid->addWidget(line.cache, row, 4);
    grid->addWidget(line.batch, row, 5, Qt::AlignCenter);
    grid->addWidget(line.plain, row, 6);
    grid->addWidget(line.best, row, 7);
    grid->addWidget(line.month, row, 8);
    return line;
}

/// The means of the ledger are those of the period that the report shows.
void PlannerView::begin()
{
    const UsageState &state = m_session.state();
    const auto rows = state.rows.find(usage::SplitBy::Pattern);
    const auto plan = usage::usualPlan(rows == state.rows.end() ? std::vector<usage::UsageRow>() : rows->second);
    QStringList measured;
    for (size_t i = 0; i < plan.size(); ++i) {
        const Line &line = m_lines[i];
        for (QObject *field :
             std::initializer_list<QObject *>{line.requests, line.prompt, line.completion, line.cache, line.batch})
            field->blockSignals(true);
        line.requests->setValue(int(plan[i].requests));
        line.prompt->setValue(qRound(plan[i].promptTokens));
        line.completion->setValue(qRound(plan[i].completionTokens));
        line.cache->setValue(qRound(plan[i].cacheShare * 100));
        line.batch->setChecked(plan[i].isBatch);
        for (QObject *field :
             std::initializer_list<QObject *>{line.requests, line.prompt, line.completion, line.cache, line.batch})
            field->blockSignals(false);
        if (plan[i].isMeasured)
            measured << figures::nameOf(plan[i].pattern, usage::SplitBy::Pattern);
    }
    m_isChanged = false;
    m_note->setText(
        (measured.isEmpty()
             ? tr("Tokens and share of the cache are usual ones; put in your own.")
             : tr("Tokens and share of the cache are those of your own requests for %1, else usual ones.")
                   .arg(measured.join(u", "_s)))
        + u' '
        + tr("\"Plain\" asks a model for every request at the usual price; \"with both\" leaves out what the cache "
             "answers, and takes the provider's batch price (half, as a rule) where it is ticked. A month has 30 "
             "days."));
    reckon();
}

void PlannerView::takeState()
{
    const QString model = m_model->currentText();
    {
        const QSignalBlocker blocker(m_model);
        m_model->clear();
        m_model->addItems(m_session.state().models);
        m_model->setCurrentText(model.isEmpty() ? m_session.state().models.value(0) : model);
    }
    if (m_isChanged)
        reckon();
    else
        begin();
}

std::vector<usage::PlannedUse> PlannerView::uses() const
{
    std::vector<usage::PlannedUse> all;
    for (const Line &line : m_lines)
        all.push_back({.pattern = line.pattern,
                       .requests = line.requests->value(),
                       .promptTokens = double(line.prompt->value()),
                       .completionTokens = double(line.completion->value()),
                       .cacheShare = line.cache->value() / 100.0,
                       .isBatch = line.batch->isChecked()});
    return all;
}

void PlannerView::reckon()
{
    m_session.plan(m_model->currentText().trimmed(), uses());
}

void PlannerView::showCosts(const PlannedCosts &costs)
{
    const auto show = [](const Line &line, const std::optional<usage::PlannedCost> &cost) {
        line.plain->setText(cost ? dollars(cost->plain) : tr("unknown"));
        line.best->setText(cost ? dollars(cost->best) : tr("unknown"));
        line.month->setText(cost ? dollars(cost->best * usage::daysOfPlannedMonth) : tr("unknown"));
    };
    for (size_t i = 0; i < m_lines.size() && i < costs.costs.size(); ++i)
        show(m_lines[i], costs.costs[i]);
    const usage::PlannedCost total = costs.total();
    show(m_total, costs.isKnown() ? std::optional(total) : std::nullopt);
    qint64 requests = 0;
    for (const usage::PlannedUse &use : uses())
        requests += use.requests;
    const QString model = m_model->currentText().trimmed();
    if (model.isEmpty())
        m_sums->setText(tr("Choose a model to see what %1 requests a day would cost.").arg(figures::number(requests)));
    else if (!costs.isKnown())
        m_sums->setText(tr("The price of %1 is not known. Set it in the settings, under prices.").arg(model));
    else
        m_sums->setText(
            tr("%1 requests a day: %2 a day without cache, %3 with it, %4 with batch prices too; %5 a month.")
                .arg(figures::number(requests), dollars(total.plain), dollars(total.cached), dollars(total.best),
                     dollars(total.best * usage::daysOfPlannedMonth)));
}

} // namespace quintet::ui
