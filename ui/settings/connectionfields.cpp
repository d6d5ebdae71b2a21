// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/connectionfields.h"

#include "ui/theme/label.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

int inSeconds(std::chrono::milliseconds time)
{
    return static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

QString linesOf(const QList<net::Header> &headers)
{
    QStringList lines;
    for (const net::Header &header : headers)
        lines << QString::fromLatin1(header.name) + u": "_s + QString::fromUtf8(header.value);
    return lines.join(u'\n');
}

QList<net::Header> headersIn(const QString &lines)
{
    QList<net::Header> headers;
    for (const QString &line : lines.split(u'\n', Qt::SkipEmptyParts)) {
        const QString name = line.section(u':', 0, 0).trimmed();
        if (!name.isEmpty())
            headers.append(net::Header{name.toLatin1(), line.section(u':', 1).trimmed().toUtf8()});
    }
    return headers;
}

} // namespace

ConnectionFields::ConnectionFields()
{
    auto *form = new QFormLayout;
    form->setContentsMargins({});
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_connect = addNumber(form, u"connect"_s, tr("Connects within"), 3600, tr(" s"), tr("any time"));
    m_firstByte = addNumber(form, u"firstByte"_s, tr("Answer begins within"), 86'400, tr(" s"), tr("any time"));
    m_idle = addNumber(form, u"idle"_s, tr("and never halts for"), 86'400, tr(" s"), tr("any time"));
    m_total = addNumber(form, u"total"_s, tr("Takes in all no more than"), 604'800, tr(" s"), tr("any time"));
    m_retries = addNumber(form, u"retries"_s, tr("Retries"), 10, {}, tr("none"));
    const QString whatItBears = tr("as many as it bears");
    m_atOnce = addNumber(form, u"atOnce"_s, tr("Requests at a time"), 1000, {}, whatItBears);
    m_requests = addNumber(form, u"perMinute"_s, tr("Requests a minute"), 1'000'000, {}, whatItBears);
    m_tokens = addNumber(form, u"tokensPerMinute"_s, tr("Tokens a minute"), 2'000'000'000, {}, whatItBears);
    m_proxy = addText(form, u"proxy"_s, tr("Proxy"), tr("The system's; or http://HOST:PORT, socks5://HOST:PORT, none"));
    m_certificates = addText(form, u"certificates"_s, tr("Authorities"), tr("A PEM file to trust beside the system's"));
    m_queryPrefix = addText(form, u"queryPrefix"_s, tr("Before questions"),
                            tr("What an embedding model wants, such as \"search_query: \""));
    m_documentPrefix = addText(form, u"documentPrefix"_s, tr("Before passages"), tr("Such as \"search_document: \""));
    m_headers = new QPlainTextEdit;
    m_headers->setObjectName(u"headers"_s);
    m_headers->setAccessibleName(tr("Headers"));
    m_headers->setPlaceholderText(tr("Name: value, one a line; ${NAME} stands for an environment variable"));
    m_headers->setTabChangesFocus(true);
    m_headers->setFixedHeight(64);
    form->addRow(makeLabel(tr("Headers"), TextStyle::Base, Tone::Second), m_headers);
    setLayout(form);
}

QSpinBox *ConnectionFields::addNumber(QFormLayout *form, const QString &name, const QString &label, int largest,
                                      const QString &suffix, const QString &zero)
{
    auto *box = new QSpinBox;
    box->setObjectName(name);
    box->setAccessibleName(label);
    box->setRange(0, largest);
    box->setSuffix(suffix);
    box->setSpecialValueText(zero);
    form->addRow(makeLabel(label, TextStyle::Base, Tone::Second), box);
    return box;
}

QLineEdit *ConnectionFields::addText(QFormLayout *form, const QString &name, const QString &label, const QString &hint)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(hint);
    form->addRow(makeLabel(label, TextStyle::Base, Tone::Second), field);
    return field;
}

void ConnectionFields::showEndpoint(const llm::Endpoint &endpoint)
{
    m_connect->setValue(inSeconds(endpoint.limits.connect));
    m_total->setValue(inSeconds(endpoint.limits.total));
    m_firstByte->setValue(inSeconds(endpoint.limits.firstByte));
    m_idle->setValue(inSeconds(endpoint.limits.idle));
    m_retries->setValue(endpoint.retries);
    m_atOnce->setValue(endpoint.rates.atOnce);
    m_requests->setValue(endpoint.rates.requestsPerMinute);
    m_tokens->setValue(endpoint.rates.tokensPerMinute);
    m_proxy->setText(endpoint.proxy);
    m_certificates->setText(endpoint.certificates);
    m_queryPrefix->setText(endpoint.queryPrefix);
    m_documentPrefix->setText(endpoint.documentPrefix);
    m_headers->setPlainText(linesOf(endpoint.headers));
}

llm::Endpoint ConnectionFields::applied(llm::Endpoint endpoint) const
{
    endpoint.limits.connect = std::chrono::seconds(m_connect->value());
    endpoint.limits.total = std::chrono::seconds(m_total->value());
    endpoint.limits.firstByte = std::chrono::seconds(m_firstByte->value());
    endpoint.limits.idle = std::chrono::seconds(m_idle->value());
    endpoint.retries = m_retries->value();
    endpoint.rates = {m_atOnce->value(), m_requests->value(), m_tokens->value()};
    endpoint.proxy = m_proxy->text().trimmed();
    endpoint.certificates = m_certificates->text().trimmed();
    endpoint.queryPrefix = m_queryPrefix->text(); // spaces count
    endpoint.documentPrefix = m_documentPrefix->text();
    endpoint.headers = headersIn(m_headers->toPlainText());
    return endpoint;
}

} // namespace quintet::ui
