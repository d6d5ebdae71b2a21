// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/limitdialog.h"

#include "ui/models/limitfields.h"
#include "ui/theme/label.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QPushButton>

namespace quintet::ui {

using namespace Qt::StringLiterals;

LimitDialog::LimitDialog(const usage::Limit &limit, const QString &reason, QWidget *parent)
    : QDialog(parent),
      m_fields(new LimitFields)
{
    setObjectName(u"limitDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("What the run may take at most"));
    m_fields->setLimit(limit);
    auto *words = makeLabel(reason, TextStyle::Base);
    words->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Resume"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    QBoxLayout *column = makeColumn(14);
    column->setContentsMargins(20, 18, 20, 16);
    column->addWidget(words);
    column->addWidget(makeLabel(tr("The whole run, what was done already among it:"), TextStyle::Small, Tone::Second));
    column->addWidget(m_fields);
    column->addStretch(1);
    column->addWidget(buttons);
    setLayout(column);
    words->setVisible(!reason.isEmpty());
    resize(420, sizeHint().height());
}

usage::Limit LimitDialog::limit() const
{
    return m_fields->limit();
}

} // namespace quintet::ui
