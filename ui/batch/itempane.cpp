// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/itempane.h"

#include "ui/theme/label.h"
#include "ui/viewer/textview.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QSplitter>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostMarked = 60; // characters of a value that is looked for in the source

QLabel *makeCaption(const QString &text)
{
    auto *label = makeLabel(text, TextStyle::Facts, Tone::Second);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    font.setCapitalization(QFont::AllUppercase);
    label->setFont(font);
    return label;
}

QPlainTextEdit *makeAnswer(const QString &name, const QString &accessibleName)
{
    auto *answer = new QPlainTextEdit;
    answer->setObjectName(name);
    answer->setAccessibleName(accessibleName);
    answer->setReadOnly(true);
    answer->setTabChangesFocus(true);
    answer->setFrameShape(QFrame::NoFrame);
    answer->viewport()->setAutoFillBackground(false);
    answer->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return answer;
}

/// A card around an answer; hidden with it.
QFrame *inCard(QPlainTextEdit *answer)
{
    QFrame *card = makeCard(answer->objectName() + u"Card"_s);
    QBoxLayout *column = makeColumn(0);
    column->setContentsMargins(8, 8, 4, 8);
    column->addWidget(answer);
    card->setLayout(column);
    return card;
}

/// The values of an answer, as they may stand in its source.
void collectValues(const QJsonValue &value, QStringList &values)
{
    if (value.isString()) {
        values << value.toString();
    } else if (value.isDouble()) {
        values << QLocale::c().toString(value.toDouble(), 'g', 15) << QLocale().toString(value.toDouble(), 'f', 2);
    } else if (value.isArray()) {
        for (const QJsonValue each : value.toArray())
            collectValues(each, values);
    } else if (value.isObject()) {
        for (const QJsonValue each : value.toObject())
            collectValues(each, values);
    }
}

std::vector<text::Span> marksOf(const QString &result, const QString &source)
{
    QStringList values;
    const QJsonDocument document = QJsonDocument::fromJson(result.toUtf8());
    if (document.isObject()) {
        collectValues(document.object(), values);
    } else {
        for (const QString &line : result.split(u'\n', Qt::SkipEmptyParts))
            values << line.trimmed();
    }
    std::vector<text::Span> marks;
    for (const QString &value : values) {
        const bool isSentence = !document.isObject();
        if (value.size() < 2 || (!isSentence && value.size() > mostMarked))
            continue;
        if (const qsizetype at = source.indexOf(value, 0, Qt::CaseInsensitive); at >= 0)
            marks.push_back({at, at + value.size()});
    }
    std::ranges::sort(marks, {}, &text::Span::start);
    std::vector<text::Span> apart; // one within another is marked already
    for (const text::Span &mark : marks) {
        if (apart.empty() || mark.start >= apart.back().end)
            apart.push_back(mark);
    }
    return apart;
}

QString shownResult(const QString &result)
{
    const QJsonDocument document = QJsonDocument::fromJson(result.toUtf8());
    return document.isObject() || document.isArray() ? QString::fromUtf8(document.toJson()).trimmed() : result;
}

} // namespace

ItemPane::ItemPane(BatchSession &session)
    : m_session(session),
      m_name(makeLabel({}, TextStyle::Heading)),
      m_problem(makeLabel({}, TextStyle::Base, Tone::Bad)),
      m_source(new TextView(u"itemSource"_s)),
      m_result(makeAnswer(u"itemResult"_s, tr("Result"))),
      m_runs(new QComboBox),
      m_other(makeAnswer(u"otherResult"_s, tr("Result of the other run"))),
      m_facts(makeLabel({}, TextStyle::Facts, Tone::Second)),
      m_content(new QWidget),
      m_hint(makeLabel(tr("Choose an item to see its source and its result."), TextStyle::Base, Tone::Second))
{
    setObjectName(u"itemPane"_s);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setMinimumWidth(220);
    m_name->setObjectName(u"itemName"_s);
    m_name->setWordWrap(true);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->setObjectName(u"itemProblem"_s);
    m_problem->setWordWrap(true);
    m_facts->setObjectName(u"itemFacts"_s);
    m_facts->setWordWrap(true);
    m_source->setAccessibleName(tr("Source"));
    m_source->setFrameShape(QFrame::NoFrame);
    m_runs->setObjectName(u"compareWith"_s);
    m_runs->setAccessibleName(tr("Run to compare with"));
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setMargin(20);
    auto *split = new QSplitter(Qt::Vertical);
    split->setObjectName(u"itemSplitter"_s);
    QBoxLayout *upper = makeColumn(4);
    upper->setContentsMargins(18, 4, 8, 0);
    upper->addWidget(makeCaption(tr("Source")));
    upper->addWidget(m_source, 1);
    split->addWidget(makePane(u"itemUpper"_s, upper, QPalette::Base));
    QBoxLayout *lower = makeColumn(6);
    lower->setContentsMargins(18, 10, 18, 12);
    lower->addWidget(makeCaption(tr("Result")));
    lower->addWidget(m_problem);
    lower->addWidget(m_resultCard = inCard(m_result), 1);
    lower->addWidget(m_facts);
    lower->addStretch(0);
    lower->addWidget(m_runs);
    lower->addWidget(m_otherCard = inCard(m_other), 1);
    split->addWidget(makePane(u"itemLower"_s, lower, QPalette::Base));
    split->setChildrenCollapsible(false);
    split->setSizes({300, 300});
    QBoxLayout *content = makeColumn(8);
    QBoxLayout *head = makeRow();
    head->setContentsMargins(18, 12, 18, 0);
    head->addWidget(m_name);
    content->addLayout(head);
    content->addWidget(split, 1);
    m_content->setLayout(content);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(m_content, 1);
    column->addWidget(m_hint, 1);
    setLayout(column);

    connect(m_runs, &QComboBox::activated, this, &ItemPane::read);
    connect(&m_session, &BatchSession::shownChanged, this, [this] { showItem(0); });
    connect(&m_session, &BatchSession::runsChanged, this, &ItemPane::fillRuns);
    showItem(0);
}

void ItemPane::fillRuns()
{
    const QString chosen = m_runs->currentData().toString();
    const batch::Run *shown = m_session.shown();
    const QSignalBlocker blocker(m_runs);
    m_runs->clear();
    m_runs->addItem(tr("Compare with another run…"), QString());
    for (const batch::Run &run : m_session.runs()) {
        const bool isAlike = shown && run.number != shown->number && run.spec.source == shown->spec.source;
        if (isAlike)
            m_runs->addItem(run.name, run.id.value);
    }
    m_runs->setCurrentIndex(std::max(0, m_runs->findData(chosen)));
    m_runs->setVisible(m_runs->count() > 1);
}

void ItemPane::showItem(qint64 id)
{
    const bool isOther = id != m_item;
    m_item = id;
    m_content->setVisible(id != 0);
    m_hint->setVisible(id == 0);
    if (id == 0)
        return;
    if (isOther) {
        m_record = {};
        fillRuns();
    }
    read();
}

void ItemPane::read()
{
    const batch::Run *run = m_session.shown();
    if (!run || m_item == 0)
        return;
    std::optional<batch::Run> other;
    if (const batch::Run *found = m_session.find(m_runs->currentData().toString()))
        other = *found;
    m_reading = EngineCall<ItemDetail>(
        m_session.engine(), this,
        [parts = m_session.parts(), run = *run, id = m_item, other](CancelToken token) {
            return readDetail(parts, run, id, other, token);
        },
        [this](Result<ItemDetail> detail) {
            if (detail)
                showDetail(*detail);
        });
}

QString ItemPane::factsOf(const batch::Item &item) const
{
    QStringList facts;
    if (item.time)
        facts << tr("%1 s").arg(QLocale().toString(static_cast<double>(item.time->count()) / 1000, 'f', 1));
    if (item.promptTokens + item.completionTokens > 0)
        facts << tr("%1 + %2 tokens")
                     .arg(QLocale().toString(item.promptTokens), QLocale().toString(item.completionTokens));
    if (item.finished.isValid() && item.state != batch::ItemState::Failed)
        facts << (item.cost ? display(*item.cost) : tr("cost not known"));
    if (item.cached)
        facts << tr("from the cache");
    if (item.attempts > 1)
        facts << tr("%Ln attempt(s)", nullptr, item.attempts);
    if (item.changed)
        facts << tr("changed since it was listed");
    if (item.repeated)
        facts << tr("may have been paid for twice: it was under way when Quintet ended");
    return facts.join(u"   "_s);
}

void ItemPane::showDetail(const ItemDetail &detail)
{
    m_otherCard->setVisible(!detail.otherResult.isEmpty());
    m_other->setPlainText(shownResult(detail.otherResult));
    if (detail.record == m_record)
        return;
    m_record = detail.record;
    const batch::Item &item = m_record.item;
    m_name->setText(item.name);
    m_source->showText(detail.sourceProblem.isEmpty() ? detail.source : detail.sourceProblem, {}, false);
    m_source->setMarks(detail.sourceProblem.isEmpty() ? marksOf(m_record.result, detail.source)
                                                      : std::vector<text::Span>());
    const bool isJson = QJsonDocument::fromJson(m_record.result.toUtf8()).isObject();
    m_result->setFont(fontFor(isJson ? TextStyle::Code : TextStyle::Base));
    m_other->setFont(m_result->font());
    m_result->setPlainText(shownResult(m_record.result));
    m_resultCard->setVisible(!m_record.result.isEmpty());
    const QString problem = item.valid == false && item.error == std::nullopt
                                ? tr("This does not fit the schema, also after asking again.")
                            : item.error && m_record.result.isEmpty() ? item.error->message
                                                                      : QString();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_facts->setText(factsOf(item));
}

} // namespace quintet::ui
