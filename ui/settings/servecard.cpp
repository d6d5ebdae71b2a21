// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/servecard.h"

#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QSpinBox>

namespace quintet::ui {

using namespace Qt::StringLiterals;

ServeCard::ServeCard(EngineThread &engine, ServeControl &control) : m_engine(engine), m_control(control)
{
    setObjectName(u"serve"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    m_error = new ErrorStrip(u"serveError"_s);
    QBoxLayout *column = makeColumn(12);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(makeSwitch());
    column->addWidget(m_error);
    column->addWidget(makeAccess());
    column->addWidget(makeCollections());
    setLayout(column);
    showState();
}

QWidget *ServeCard::makeSwitch()
{
    m_on = new QCheckBox(tr("Serve other programs on this computer while the window is open"));
    m_on->setObjectName(u"serveOn"_s);
    m_on->setAccessibleName(m_on->text());
    connect(m_on, &QCheckBox::clicked, this, [this](bool on) {
        run([on, port = quint16(m_port->value())](ServeControl &control) { return control.turn(on, port); });
    });
    m_port = new QSpinBox;
    m_port->setObjectName(u"servePort"_s);
    m_port->setAccessibleName(tr("Port of the server"));
    m_port->setRange(1024, 65'535);
    m_port->setFixedWidth(90);
    connect(m_port, &QSpinBox::editingFinished, this, [this] {
        if (m_state.isOn && m_port->value() != m_state.port)
            run([port = quint16(m_port->value())](ServeControl &control) { return control.turn(true, port); });
    });
    QBoxLayout *row = makeRow();
    row->addWidget(m_on, 1);
    row->addWidget(makeLabel(tr("Port"), TextStyle::Base, Tone::Second));
    row->addWidget(m_port);
    auto *facts =
        makeLabel(tr("Scripts, editors and clients of OpenAI's API get the five patterns with the same cache, "
                     "limits, budgets and ledger. Only programs on this computer that know the token can "
                     "reach it."),
                  TextStyle::Base, Tone::Second);
    facts->setWordWrap(true);
    QBoxLayout *column = makeColumn(6);
    column->addLayout(row);
    column->addWidget(facts);
    return wrap(column);
}

QWidget *ServeCard::makeAccess()
{
    m_address = makeLabel({}, TextStyle::Base);
    m_address->setObjectName(u"serveAddress"_s);
    m_address->setTextFormat(Qt::RichText);
    m_address->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_address->setOpenExternalLinks(true);
    m_token = new QLineEdit;
    m_token->setObjectName(u"serveToken"_s);
    m_token->setAccessibleName(tr("Token of the server"));
    m_token->setReadOnly(true);
    m_token->setEchoMode(QLineEdit::Password);
    auto *copy = new Button(u"serveCopyToken"_s, tr("Copy"), Button::Plain, Button::Small);
    copy->setAccessibleName(tr("Copy the token"));
    connect(copy, &Button::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_state.token); });
    auto *renew = new Button(u"serveRenewToken"_s, tr("New token"), Button::Destructive, Button::Small);
    renew->setToolTip(tr("Clients that know the token of now are refused from then on"));
    connect(renew, &Button::clicked, this, [this] { run([](ServeControl &control) { return control.renewToken(); }); });
    QBoxLayout *row = makeRow();
    row->addWidget(makeLabel(tr("Token"), TextStyle::Base, Tone::Second));
    row->addWidget(m_token, 1);
    row->addWidget(copy);
    row->addWidget(renew);
    QBoxLayout *column = makeColumn(8);
    column->addWidget(m_address);
    column->addLayout(row);
    return m_access = wrap(column);
}

QWidget *ServeCard::makeCollections()
{
    auto *label = makeLabel(tr("Collections that editors and assistants see through the Model Context Protocol "
                               "(quintet mcp)"),
                            TextStyle::Base, Tone::Second);
    label->setWordWrap(true);
    m_names = new FlowLayout(14);
    QBoxLayout *column = makeColumn(6);
    column->addWidget(label);
    column->addLayout(m_names);
    return m_collections = wrap(column);
}

void ServeCard::refresh()
{
    run([](ServeControl &control) { return control.state(); });
}

void ServeCard::run(const Work &work)
{
    m_error->hide();
    m_call = EngineCall<ServeState>(
        m_engine, this, [control = &m_control, work](CancelToken) { return work(*control); },
        [this](Result<ServeState> state) {
            if (state)
                m_state = std::move(*state);
            else
                m_error->showError(state.error().message);
            showState();
        });
}

void ServeCard::showState()
{
    m_on->setChecked(m_state.isOn);
    if (!m_port->hasFocus())
        m_port->setValue(m_state.port);
    m_access->setVisible(m_state.isOn);
    m_address->setText(tr("Serving on <a href=\"%1\">%1</a>").arg(m_state.address));
    m_token->setText(m_state.token);
    showCollections();
}

void ServeCard::showCollections()
{
    m_collections->setVisible(!m_state.collections.isEmpty());
    if (m_shown != m_state.collections) {
        m_shown = m_state.collections;
        qDeleteAll(m_boxes);
        m_boxes.clear();
        for (const QString &name : std::as_const(m_state.collections)) {
            auto *box = new QCheckBox(QString(name).replace(u'&', u"&&"_s));
            box->setObjectName(u"visible:"_s + name);
            box->setAccessibleName(tr("Let clients see %1").arg(name));
            connect(box, &QCheckBox::clicked, this, &ServeCard::submitCollections);
            m_names->addWidget(box);
            m_boxes << box;
        }
    }
    for (qsizetype i = 0; i < m_boxes.size(); ++i)
        m_boxes[i]->setChecked(!m_state.visible || m_state.visible->contains(m_shown[i]));
}

void ServeCard::submitCollections()
{
    std::optional<QStringList> visible = QStringList();
    for (qsizetype i = 0; i < m_boxes.size(); ++i) {
        if (m_boxes[i]->isChecked())
            *visible << m_shown[i];
    }
    // Where all are chosen, those that come later are, too.
    if (visible->size() == m_state.collections.size())
        visible.reset();
    run([visible](ServeControl &control) { return control.setVisible(visible); });
}

} // namespace quintet::ui
