// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/charts/chartcard.h"

#include "ui/theme/label.h"
#include "ui/usage/charts/barchart.h"
#include "ui/usage/charts/chartlegend.h"
#include "ui/usage/charts/figuretable.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QStackedWidget>

namespace quintet::ui {

using namespace Qt::StringLiterals;

ChartCard::ChartCard(const QString &name, const QString &title, QWidget *controls)
    : m_title(makeLabel(title, TextStyle::Heading)),
      m_turn(new Button(name + u"Table"_s, tr("Table"), Button::Quiet, Button::Small)),
      m_sides(new QStackedWidget),
      m_chart(new BarChart(name + u"Chart"_s, title)),
      m_legend(new ChartLegend(name + u"Legend"_s)),
      m_table(new FigureTable(name + u"Figures"_s, title)),
      m_note(makeLabel({}, TextStyle::Facts, Tone::Second))
{
    setObjectName(name);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    m_turn->setCheckable(true);
    m_turn->setAccessibleName(tr("%1 as a table").arg(title));
    connect(m_turn, &Button::toggled, this, &ChartCard::turnOver);
    QBoxLayout *head = makeRow();
    head->addWidget(m_title);
    head->addStretch(1);
    if (controls)
        head->addWidget(controls);
    head->addWidget(m_turn);
    QBoxLayout *front = makeColumn(8);
    front->addWidget(m_chart, 1);
    front->addWidget(m_legend);
    QBoxLayout *back = makeColumn(0);
    back->addWidget(m_table);
    m_table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // as high as the chart
    m_sides->addWidget(wrap(front));
    m_sides->addWidget(wrap(back));
    m_note->setWordWrap(true);
    m_note->hide();
    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(16, 12, 16, 14);
    column->addLayout(head);
    column->addWidget(m_sides, 1);
    column->addWidget(m_note);
    setLayout(column);
}

void ChartCard::setTitle(const QString &title)
{
    m_title->setText(title);
    m_chart->setAccessibleName(title);
    m_table->setAccessibleName(title);
    m_turn->setAccessibleName(tr("%1 as a table").arg(title));
}

void ChartCard::show(BarData data, const QStringList &legend, Figures figures, const QString &note)
{
    m_chart->setData(std::move(data));
    m_legend->setTexts(legend);
    m_table->setFigures(std::move(figures));
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void ChartCard::turnOver(bool toTable)
{
    m_sides->setCurrentIndex(toTable ? 1 : 0);
    m_turn->setText(toTable ? tr("Chart") : tr("Table"));
}

} // namespace quintet::ui
