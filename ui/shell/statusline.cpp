// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/statusline.h"

#include "ui/theme/buttonpainter.h"
#include "ui/theme/colors.h"
#include "ui/theme/label.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/panes.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QStyleOption>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

/// A round point in the colour of what is well. It says nothing that the words behind it do not.
class Dot final : public QLabel {
public:
    Dot() { setFixedSize(8, 8); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Colors::of(palette()).good);
        painter.drawEllipse(rect());
    }
};

ElidedLabel *factsLabel(const QString &name)
{
    auto *label = new ElidedLabel;
    label->setObjectName(name);
    label->setFont(fontFor(TextStyle::Facts));
    setTone(label, Tone::Second);
    return label;
}

/// Words that can be pressed: underlined under the pointer.
class FactsButton final : public QAbstractButton {
public:
    explicit FactsButton(const QString &name)
    {
        setObjectName(name);
        setFont(fontFor(TextStyle::Facts));
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
    }

    QSize sizeHint() const override
    {
        return QSize(fontMetrics().horizontalAdvance(text()) + 12, fontMetrics().height() + 6);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        QStyleOption option;
        option.initFrom(this);
        if (hasFocus() && option.state & QStyle::State_KeyboardFocusChange)
            paintFocusRing(&painter, rect(), 5, Colors::of(palette()));
        QFont font = this->font();
        font.setUnderline(underMouse());
        painter.setFont(font);
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(rect().adjusted(6, 0, -6, 0), Qt::AlignVCenter | Qt::AlignRight, text());
    }
};

} // namespace

StatusLine::StatusLine()
    : m_dot(new Dot),
      m_endpoint(factsLabel(u"statusEndpoint"_s)),
      m_work(factsLabel(u"statusWork"_s))
{
    setObjectName(u"statusLine"_s);
    setFixedHeight(28);
    m_today = new FactsButton(u"statusToday"_s);
    m_today->setAccessibleName(tr("Usage"));
    m_today->setToolTip(tr("Usage (Ctrl+U)"));
    setTone(m_today, Tone::Second);
    connect(m_today, &QAbstractButton::clicked, this, &StatusLine::usageAsked);
    QBoxLayout *row = makeRow(6);
    row->setContentsMargins(14, 0, 8, 0);
    row->addWidget(m_dot);
    row->addWidget(m_endpoint);
    row->addSpacing(8);
    row->addWidget(m_work);
    row->addStretch(1);
    row->addWidget(m_today);
    setLayout(row);
}

void StatusLine::showEndpoint(const QString &name)
{
    m_endpoint->setText(name);
}

void StatusLine::showWork(const QString &work)
{
    m_work->setText(work);
}

void StatusLine::showToday(const usage::LedgerStore::Totals &totals, const QString &warning)
{
    setTone(m_today, warning.isEmpty() ? Tone::Second : Tone::Text);
    QStringList facts;
    if (!warning.isEmpty())
        facts << warning;
    if (totals.requests == 0) {
        facts << tr("No requests today");
    } else {
        facts << (totals.requests == 1 ? tr("Today 1 request")
                                       : tr("Today %1 requests").arg(QLocale().toString(totals.requests)));
        facts << (totals.unpriced == 0 ? usage::display(totals.cost)
                                       : tr("%1 and unknown").arg(usage::display(totals.cost)));
        facts << tr("%1 % from cache").arg(totals.cached * 100 / totals.requests);
    }
    m_today->setText(facts.join(u" · "_s));
    m_today->setAccessibleName(tr("Usage: %1").arg(m_today->text()));
    m_today->updateGeometry();
}

} // namespace quintet::ui
