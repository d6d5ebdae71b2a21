// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/modelpicker.h"

#include "ui/models/modellist.h"
#include "ui/models/modelsession.h"
#include "ui/theme/icons.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QFrame>
#include <QScreen>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int widest = 300; // of the button
constexpr QSize popupSize(420, 420);

} // namespace

ModelPicker::ModelPicker(ModelSession &session) : m_session(session)
{
    m_button = new Button(u"modelPicker"_s, {});
    m_button->setMaximumWidth(widest);
    QBoxLayout *row = makeRow(0);
    row->addWidget(m_button);
    setLayout(row);
    setFocusProxy(m_button);
    connect(m_button, &Button::clicked, this, &ModelPicker::open);
    setCurrent(llm::builtinEndpoint());
}

void ModelPicker::setCurrent(const llm::Endpoint &endpoint)
{
    m_endpoint = endpoint;
    const bool isBuiltin = endpoint.kind == llm::EndpointKind::Builtin;
    const QString name = isBuiltin ? tr("Built-in") : endpoint.model.isEmpty() ? endpoint.name : endpoint.model;
    const QString place = isBuiltin ? QString() : isLocal(endpoint) ? tr(" · local") : QString();
    const int room = widest - 64;
    m_button->setIcon(icon(isBuiltin ? u"builtin"_s : u"server"_s));
    m_button->setText(m_button->fontMetrics().elidedText(name, Qt::ElideMiddle, room) + place + u" ▾"_s);
    m_button->setToolTip(isBuiltin ? tr("The built-in engine answers. Choose a model…")
                                   : tr("%1 at %2 answers. Choose another…").arg(name, endpoint.name));
    m_button->setAccessibleName(tr("Model: %1").arg(name));
}

QWidget *ModelPicker::makePopup()
{
    auto *popup = new QFrame(this, Qt::Popup);
    popup->setObjectName(u"modelPopup"_s);
    popup->setAccessibleName(tr("Choose a model"));
    popup->setFrameShape(QFrame::StyledPanel);
    popup->setProperty("look", u"card"_s);
    m_list = new ModelList(m_session);
    auto *add = new Button(u"modelConnect"_s, tr("Connect a model server…"), Button::Quiet, Button::Small);
    add->setIcon(icon(u"plus"_s));
    QBoxLayout *column = makeColumn(6);
    column->setContentsMargins(10, 10, 10, 8);
    column->addWidget(m_list, 1);
    column->addWidget(makeHairline());
    column->addWidget(add, 0, Qt::AlignLeft);
    popup->setLayout(column);
    popup->resize(popupSize);
    connect(m_list, &ModelList::chosen, this, [this, popup](const ModelChoice &choice) {
        popup->hide();
        if (const auto adopted = m_session.adopt(choice); !adopted)
            Q_EMIT failed(adopted.error());
        else
            Q_EMIT chosen(choice);
    });
    connect(add, &Button::clicked, this, [this, popup] {
        popup->hide();
        Q_EMIT m_session.connectionAsked();
    });
    return popup;
}

void ModelPicker::open()
{
    if (!m_popup)
        m_popup = makePopup();
    const QRect screen = this->screen()->availableGeometry();
    QPoint corner = m_button->mapToGlobal(QPoint(m_button->width() - m_popup->width(), m_button->height() + 4));
    corner.setX(std::clamp(corner.x(), screen.left(), std::max(screen.left(), screen.right() - m_popup->width())));
    if (corner.y() + m_popup->height() > screen.bottom())
        corner.setY(std::max(screen.top(), m_button->mapToGlobal(QPoint()).y() - m_popup->height() - 4));
    m_popup->move(corner);
    m_popup->show();
    m_list->start(m_endpoint.name, m_endpoint.model);
}

} // namespace quintet::ui
