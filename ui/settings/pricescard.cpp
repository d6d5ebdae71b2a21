// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/pricescard.h"

#include "ui/settings/gatewaysession.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QDoubleValidator>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableWidget>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

QString shown(double dollars)
{
    return u'$' + QString::number(dollars, 'g', 6);
}

/// Amounts stand right, words left.
Qt::Alignment alignmentOf(int column)
{
    return (column >= 2 && column <= 4 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
}

QString plainName(const usage::Price &price)
{
    return QString(price.model).remove(u'\\');
}

} // namespace

PricesCard::PricesCard(GatewaySession &session) : m_session(session)
{
    setObjectName(u"prices"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    m_table = new QTableWidget(0, 6);
    m_table->setObjectName(u"pricesTable"_s);
    m_table->setAccessibleName(tr("Prices for a million tokens"));
    m_table->setHorizontalHeaderLabels({tr("Model"), tr("In force"), tr("In"), tr("Out"), tr("Cached in"), QString()});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    for (int column = 0; column < m_table->columnCount(); ++column)
        m_table->horizontalHeaderItem(column)->setTextAlignment(alignmentOf(column));
    m_table->verticalHeader()->hide();
    if (auto *corner = m_table->findChild<QAbstractButton *>()) // there, though nobody sees it
        corner->setObjectName(u"pricesCorner"_s);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setFixedHeight(220);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &PricesCard::takeSelected);
    m_model = makeField(u"priceModel"_s, tr("Model"), false);
    m_input = makeField(u"priceInput"_s, tr("In"), true);
    m_output = makeField(u"priceOutput"_s, tr("Out"), true);
    m_cached = makeField(u"priceCached"_s, tr("Cached in"), true);
    m_save = new Button(u"priceSave"_s, tr("Set price"), Button::Plain, Button::Small);
    m_remove = new Button(u"priceRemove"_s, tr("Remove"), Button::Destructive, Button::Small);
    connect(m_save, &Button::clicked, this, &PricesCard::save);
    connect(m_remove, &Button::clicked, this, &PricesCard::remove);
    QBoxLayout *form = makeRow();
    form->addWidget(m_model, 1);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_input), static_cast<QWidget *>(m_output), static_cast<QWidget *>(m_cached),
          static_cast<QWidget *>(m_save), static_cast<QWidget *>(m_remove)})
        form->addWidget(widget);
    QBoxLayout *column = makeColumn(10);
    column->setContentsMargins(16, 10, 16, 12);
    column->addWidget(makeLabel(tr("Dollars for a million tokens; your own prices go before those that come along."),
                                TextStyle::Facts, Tone::Second));
    column->addWidget(m_table);
    column->addLayout(form);
    setLayout(column);
    connect(&m_session, &GatewaySession::changed, this, &PricesCard::showState);
    showState();
    checkInput();
}

QLineEdit *PricesCard::makeField(const QString &name, const QString &label, bool isNumber)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(label);
    if (isNumber) {
        field->setFixedWidth(84);
        auto *validator = new QDoubleValidator(0, 1e6, 6, field);
        validator->setNotation(QDoubleValidator::StandardNotation);
        validator->setLocale(QLocale::c());
        field->setValidator(validator);
    }
    connect(field, &QLineEdit::textChanged, this, &PricesCard::checkInput);
    connect(field, &QLineEdit::returnPressed, this, &PricesCard::save);
    return field;
}

void PricesCard::showState()
{
    const QSignalBlocker quietly(m_table);
    m_table->setRowCount(0);
    for (const usage::Price &price : m_session.state().ownPrices)
        addRow(price, true);
    for (const usage::Price &price : m_session.state().standardPrices)
        addRow(price, false);
    m_remove->setEnabled(false);
}

void PricesCard::addRow(const usage::Price &price, bool isOwn)
{
    QStringList force;
    if (price.from.isValid())
        force << tr("from %1").arg(price.from.toString(Qt::ISODate));
    if (price.to.isValid())
        force << tr("until %1").arg(price.to.toString(Qt::ISODate));
    if (price.fromPromptTokens > 0)
        force << tr("over %1 k tokens").arg(price.fromPromptTokens / 1000);
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const QStringList cells{plainName(price),    force.join(u", "_s),      shown(price.input),
                            shown(price.output), shown(price.cachedInput), isOwn ? tr("your own") : QString()};
    for (int column = 0; column < cells.size(); ++column) {
        auto *item = new QTableWidgetItem(cells[column]);
        item->setTextAlignment(alignmentOf(column));
        m_table->setItem(row, column, item);
    }
}

void PricesCard::takeSelected()
{
    const auto selected = static_cast<size_t>(std::max(0, m_table->currentRow()));
    const auto &own = m_session.state().ownPrices;
    const auto &standard = m_session.state().standardPrices;
    if (m_table->selectedItems().isEmpty() || selected >= own.size() + standard.size())
        return;
    const usage::Price &price = selected < own.size() ? own[selected] : standard[selected - own.size()];
    m_model->setText(plainName(price));
    m_input->setText(QString::number(price.input, 'g', 6));
    m_output->setText(QString::number(price.output, 'g', 6));
    m_cached->setText(QString::number(price.cachedInput, 'g', 6));
    m_remove->setEnabled(selected < own.size());
}

void PricesCard::checkInput()
{
    m_save->setEnabled(!m_model->text().trimmed().isEmpty() && m_input->hasAcceptableInput()
                       && m_output->hasAcceptableInput());
}

void PricesCard::save()
{
    if (!m_save->isEnabled())
        return;
    usage::Price price;
    price.model = QRegularExpression::escape(m_model->text().trimmed());
    price.input = m_input->text().toDouble();
    price.output = m_output->text().toDouble();
    price.cachedInput = m_cached->hasAcceptableInput() ? m_cached->text().toDouble() : price.input;
    price.cacheWrite = price.input;
    std::vector<usage::Price> own = m_session.state().ownPrices;
    std::erase_if(own, [&price](const usage::Price &each) { return each.model == price.model; });
    own.push_back(price);
    m_session.setOwnPrices(own);
}

void PricesCard::remove()
{
    const int row = m_table->currentRow();
    std::vector<usage::Price> own = m_session.state().ownPrices;
    if (row < 0 || static_cast<size_t>(row) >= own.size())
        return;
    own.erase(own.begin() + row);
    m_session.setOwnPrices(own);
}

} // namespace quintet::ui
