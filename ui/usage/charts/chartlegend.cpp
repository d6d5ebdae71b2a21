// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/usage/charts/chartlegend.h"

#include "ui/theme/label.h"
#include "ui/usage/charts/seriesbrush.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QPainter>

namespace quintet::ui {

namespace {

class Swatch final : public QWidget {
public:
    explicit Swatch(int number) : m_number(number) { setFixedSize(14, 14); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(seriesColor(m_number, palette()), 1));
        painter.setBrush(seriesBrush(m_number, palette()));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 2.5, 2.5);
    }

private:
    int m_number;
};

} // namespace

ChartLegend::ChartLegend(const QString &name)
{
    setObjectName(name);
    setLayout(new FlowLayout(14));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChartLegend::setTexts(const QStringList &texts)
{
    while (QLayoutItem *item = layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (qsizetype i = 0; i < texts.size(); ++i) {
        QBoxLayout *row = makeRow(6);
        row->addWidget(new Swatch(int(i)), 0, Qt::AlignVCenter);
        row->addWidget(makeLabel(texts[i], TextStyle::Facts, Tone::Second));
        layout()->addWidget(wrap(row));
    }
    updateGeometry();
}

} // namespace quintet::ui
