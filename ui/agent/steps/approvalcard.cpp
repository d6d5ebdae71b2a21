// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/steps/approvalcard.h"

#include "agent/run/linediff.h"
#include "agent/run/permissions.h"
#include "ui/agent/steps/codebox.h"
#include "ui/theme/colors.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStackedWidget>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr double radius = 10;
constexpr int editorHeight = 130;

/// The stack is as high as the page that is shown.
class Pages final : public QStackedWidget {
public:
    QSize sizeHint() const override { return currentWidget() ? currentWidget()->sizeHint() : QSize(); }
    QSize minimumSizeHint() const override { return currentWidget() ? currentWidget()->minimumSizeHint() : QSize(); }
};

QString questionFor(const agent::Call &call)
{
    const QString &tool = call.wish.name;
    if (tool == u"write_file")
        return ApprovalCard::tr("May I write a file?");
    if (tool == u"edit_file")
        return ApprovalCard::tr("May I change a file?");
    if (call.effect == agent::Effect::Sends)
        return ApprovalCard::tr("May I send this? (%1)").arg(call.title);
    return ApprovalCard::tr("May I do this? (%1)").arg(call.title.isEmpty() ? tool : call.title);
}

QString factsFor(const agent::Call &call)
{
    QStringList facts{call.wish.name};
    if (call.proposal) {
        facts << call.proposal->path;
        const auto lines = call.proposal->after.count(u'\n') + (call.proposal->after.endsWith(u'\n') ? 0 : 1);
        facts << (!call.proposal->isNew ? ApprovalCard::tr("changed")
                                        : ApprovalCard::tr("new, %Ln line(s)", nullptr, static_cast<int>(lines)));
    } else {
        facts << agent::subjectOf(call.arguments).simplified();
    }
    return facts.join(u" · "_s);
}

QString indented(const QJsonObject &json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Indented)).trimmed();
}

} // namespace

ApprovalCard::ApprovalCard(const agent::Call &call, bool isInFolder, CodeHighlighter &highlighter)
    : m_call(call),
      m_pages(new Pages)
{
    setObjectName(u"approvalCard"_s);
    setAccessibleName(questionFor(call));
    QBoxLayout *head = makeRow(6);
    head->addWidget(makeLabel(questionFor(call), TextStyle::Heading));
    auto *facts = new ElidedLabel(factsFor(call));
    facts->setFont(fontFor(TextStyle::Small));
    setTone(facts, Tone::Second);
    head->addWidget(facts, 1);
    m_pages->addWidget(makeChoices(isInFolder));
    m_pages->addWidget(makeEditor());
    m_pages->addWidget(makeRefusal());
    connect(m_pages, &QStackedWidget::currentChanged, m_pages, &QWidget::updateGeometry);
    QBoxLayout *column = makeColumn(8);
    column->setContentsMargins(14, 12, 14, 10);
    column->addLayout(head);
    if (QWidget *proposal = makeProposal(highlighter))
        column->addWidget(proposal);
    QLabel *why = makeLabel(call.question, TextStyle::Facts, Tone::Second);
    why->setObjectName(u"approvalQuestion"_s);
    why->setWordWrap(true);
    column->addWidget(why);
    column->addWidget(m_pages);
    setLayout(column);
}

QWidget *ApprovalCard::makeProposal(CodeHighlighter &highlighter) const
{
    if (m_call.proposal) {
        return new CodeBox(u"proposal"_s, agent::lineDiff(m_call.proposal->before, m_call.proposal->after),
                           highlighter);
    }
    if (m_call.arguments.isEmpty())
        return nullptr;
    return new CodeBox(u"proposal"_s, indented(m_call.arguments), u"json"_s, highlighter);
}

QWidget *ApprovalCard::makeChoices(bool isInFolder)
{
    using Answer = agent::Approval::Answer;
    const auto add = [this](QBoxLayout *row, const QString &name, const QString &text, Button::Kind kind, auto action) {
        auto *button = new Button(name, text, kind, Button::Small);
        connect(button, &Button::clicked, this, action);
        row->addWidget(button);
    };
    auto *page = new QWidget;
    QBoxLayout *row = makeRow();
    add(row, u"allowOnce"_s, tr("Allow once"), Button::Primary, [this] { answer(Answer::Once); });
    add(row, u"allowInRun"_s, tr("Allow in this run"), Button::Plain, [this] { answer(Answer::InRun); });
    add(row, u"allowAlways"_s, isInFolder ? tr("Always in this folder") : tr("Always"), Button::Plain,
        [this] { answer(Answer::Always); });
    add(row, u"editCall"_s, tr("Edit…"), Button::Quiet, [this] {
        m_pages->setCurrentIndex(1);
        m_arguments->setFocus();
    });
    row->addStretch(1);
    add(row, u"refuseCall"_s, tr("No, because…"), Button::Destructive, [this] {
        m_pages->setCurrentIndex(2);
        m_reason->setFocus();
    });
    page->setLayout(row);
    return page;
}

QWidget *ApprovalCard::makeEditor()
{
    m_arguments = new QPlainTextEdit(indented(m_call.arguments));
    m_arguments->setObjectName(u"callArguments"_s);
    m_arguments->setAccessibleName(tr("Arguments of the call"));
    m_arguments->setFont(fontFor(TextStyle::Code));
    m_arguments->setFixedHeight(editorHeight);
    m_arguments->setTabChangesFocus(true);
    m_problem = makeLabel({}, TextStyle::Facts, Tone::Bad);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *allow = new Button(u"allowEdited"_s, tr("Allow as changed"), Button::Primary, Button::Small);
    auto *back = new Button(u"leaveEditing"_s, tr("Back"), Button::Quiet, Button::Small);
    connect(allow, &Button::clicked, this, &ApprovalCard::allowEdited);
    connect(back, &Button::clicked, this, [this] { m_pages->setCurrentIndex(0); });
    QBoxLayout *row = makeRow();
    row->addWidget(allow);
    row->addWidget(back);
    row->addStretch(1);
    QBoxLayout *column = makeColumn();
    column->addWidget(m_arguments);
    column->addWidget(m_problem);
    column->addLayout(row);
    auto *page = new QWidget;
    page->setLayout(column);
    return page;
}

QWidget *ApprovalCard::makeRefusal()
{
    m_reason = new QLineEdit;
    m_reason->setObjectName(u"refusalReason"_s);
    m_reason->setAccessibleName(tr("Why not"));
    m_reason->setPlaceholderText(tr("Why not? The agent is told"));
    auto *refuse = new Button(u"refuse"_s, tr("Say no"), Button::Destructive, Button::Small);
    auto *back = new Button(u"leaveRefusing"_s, tr("Back"), Button::Quiet, Button::Small);
    const auto say = [this] { answer(agent::Approval::Answer::No); };
    connect(m_reason, &QLineEdit::returnPressed, this, say);
    connect(refuse, &Button::clicked, this, say);
    connect(back, &Button::clicked, this, [this] { m_pages->setCurrentIndex(0); });
    QBoxLayout *row = makeRow();
    row->addWidget(m_reason, 1);
    row->addWidget(refuse);
    row->addWidget(back);
    auto *page = new QWidget;
    page->setLayout(row);
    return page;
}

void ApprovalCard::answer(agent::Approval::Answer answer)
{
    agent::Approval approval;
    approval.answer = answer;
    if (!approval.isAllowed())
        approval.reason = m_reason->text().trimmed();
    setEnabled(false); // a second click is no second word
    Q_EMIT answered(approval);
}

void ApprovalCard::allowEdited()
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(m_arguments->toPlainText().toUtf8(), &error);
    if (!document.isObject()) {
        m_problem->setText(tr("This is no JSON object: %1.").arg(error.errorString()));
        m_problem->show();
        m_pages->updateGeometry();
        return;
    }
    agent::Approval approval{agent::Approval::Answer::Once, {}, {}};
    if (document.object() != m_call.arguments)
        approval.arguments = document.object();
    setEnabled(false);
    Q_EMIT answered(approval);
}

void ApprovalCard::paintEvent(QPaintEvent *)
{
    const Colors &colors = Colors::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.warning);
    painter.setBrush(colors.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace quintet::ui
