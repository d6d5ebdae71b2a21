// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/house.h"
#include "support/resultof.h"

#include <QTest>

using namespace quintet;
using namespace quintet::llm;
using namespace quintet::test;
using namespace Qt::StringLiterals;

/// A server that is there already, at QUINTET_TEST_BASE_URL, with the key in QUINTET_TEST_KEY if it wants one and the
/// model QUINTET_TEST_MODEL, else its first.
class TestRealServer final : public QObject {
    Q_OBJECT

    House m_house;
    Endpoint m_endpoint{u"real"_s, EndpointKind::OpenAi, QUrl(qEnvironmentVariable("QUINTET_TEST_BASE_URL"))};

private Q_SLOTS:
    void initTestCase()
    {
        if (m_endpoint.baseUrl.isEmpty())
            QSKIP("QUINTET_TEST_BASE_URL names no server to try");
        m_house.key = qEnvironmentVariable("QUINTET_TEST_KEY");
        m_endpoint.keyVariable = u"QUINTET_TEST_KEY"_s;
        const auto models = resultOf(m_house.catalog.modelInfos(m_endpoint, {}));
        QVERIFY2(models.has_value(), models ? "" : qPrintable(models.error().message));
        QVERIFY(!models->empty());
        m_endpoint.model = qEnvironmentVariable("QUINTET_TEST_MODEL", models->front().name);
    }

    void anAnswerStreamsInWithItsUsage()
    {
        Request request;
        request.pattern = u"chat"_s;
        request.model = m_endpoint.model;
        request.messages = {{Role::User, u"Say one word."_s}};
        request.parameters.maxTokens = 64;
        int pieces = 0;
        const auto completion = resultOf(collect(m_house.gateway.ask(m_endpoint, request),
                                                 [&pieces](const Event &event) {
                                                     pieces += std::holds_alternative<TextDelta>(event)
                                                               || std::holds_alternative<ReasoningDelta>(event);
                                                 },
                                                 {}));
        QVERIFY2(completion.has_value(), completion ? "" : qPrintable(completion.error().message));
        QVERIFY(pieces > 0);
        QVERIFY(completion->usage.prompt > 0 && completion->usage.completion > 0);
        QCOMPARE(m_house.ledger.events.size(), size_t(1));
        QCOMPARE(m_house.ledger.events[0].tokens, completion->usage);
    }

    void aModelThatIsNotThereIsRefusedOrServedWithWords()
    {
        Request request;
        request.model = u"no-such-model-"_s + m_endpoint.model;
        request.messages = {{Role::User, u"Say one word."_s}};
        request.parameters.maxTokens = 8;
        const auto completion = resultOf(collect(m_house.gateway.ask(m_endpoint, request), {}, {}));
        QVERIFY2(completion || !completion.error().message.isEmpty(), "an error says something");
    }
};

QTEST_GUILESS_MAIN(TestRealServer)
#include "tst_realserver.moc"
