// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/servecard.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace quintet;
using namespace quintet::ui;
using namespace Qt::StringLiterals;

namespace {

/// A server that is on or off by word alone; port 1111 is taken.
class SpokenControl final : public ServeControl {
public:
    Task<Result<ServeState>> state() override { co_return Result<ServeState>(now); }

    Task<Result<ServeState>> turn(bool on, quint16 port) override
    {
        if (on && port == 1111)
            co_return failure(ErrorKind::BadInput, u"The port is taken."_s);
        now.isOn = on;
        now.port = port;
        now.address = u"http://127.0.0.1:%1"_s.arg(port);
        co_return Result<ServeState>(now);
    }

    Task<Result<ServeState>> renewToken() override
    {
        now.token += u"+"_s;
        co_return Result<ServeState>(now);
    }

    Task<Result<ServeState>> setVisible(std::optional<QStringList> collections) override
    {
        now.visible = std::move(collections);
        co_return Result<ServeState>(now);
    }

    ServeState now{.token = u"secret"_s, .collections = {u"Handbook"_s, u"Private"_s}};
};

/// The card of that control, shown, and up to date.
struct Fixture {
    Fixture()
    {
        card.resize(700, 500);
        card.move(0, 0);
        card.show();
        card.refresh();
        [this] { QTRY_VERIFY(box(u"visible:Private"_s)); }();
    }

    QCheckBox *box(const QString &name) { return card.findChild<QCheckBox *>(name); }
    /// By the keyboard.
    void press(const QString &name) { QTest::keyClick(card.findChild<QAbstractButton *>(name), Qt::Key_Space); }

    EngineThread engine;
    SpokenControl control;
    ServeCard card{engine, control};
};

} // namespace

class TestServeCard final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTurnedOnAndOff()
    {
        Fixture fixture;
        auto *address = fixture.card.findChild<QLabel *>(u"serveAddress"_s);
        QVERIFY(!address->isVisible());
        fixture.card.findChild<QSpinBox *>(u"servePort"_s)->setValue(4321);
        fixture.press(u"serveOn"_s);
        QTRY_VERIFY(address->isVisible());
        QVERIFY(address->text().contains(u"http://127.0.0.1:4321"));
        QVERIFY(fixture.box(u"serveOn"_s)->isChecked());
        fixture.press(u"serveOn"_s);
        QTRY_VERIFY(!address->isVisible());
    }

    void staysOffWhereThePortIsTaken()
    {
        Fixture fixture;
        fixture.card.findChild<QSpinBox *>(u"servePort"_s)->setValue(1111);
        fixture.press(u"serveOn"_s);
        auto *error = fixture.card.findChild<QWidget *>(u"serveError"_s);
        QTRY_VERIFY(error->isVisible());
        QVERIFY(!fixture.box(u"serveOn"_s)->isChecked());
    }

    void givesTheTokenOutByCopyingOnly()
    {
        Fixture fixture;
        fixture.press(u"serveOn"_s);
        auto *token = fixture.card.findChild<QLineEdit *>(u"serveToken"_s);
        QTRY_VERIFY(token->isVisible());
        QCOMPARE(token->echoMode(), QLineEdit::Password);
        fixture.press(u"serveCopyToken"_s);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), u"secret"_s);
        fixture.press(u"serveRenewToken"_s);
        QTRY_COMPARE(token->text(), u"secret+"_s);
    }

    void letsClientsSeeWhatIsChosen()
    {
        Fixture fixture;
        QVERIFY(fixture.box(u"visible:Private"_s)->isChecked());
        fixture.press(u"visible:Private"_s);
        QTRY_VERIFY(fixture.control.now.visible == std::optional(QStringList{u"Handbook"_s}));
        QTRY_VERIFY(!fixture.box(u"visible:Private"_s)->isChecked());
        fixture.press(u"visible:Handbook"_s);
        QTRY_VERIFY(fixture.control.now.visible == std::optional(QStringList()));
        QTRY_VERIFY(!fixture.box(u"visible:Handbook"_s)->isChecked());
        fixture.press(u"visible:Handbook"_s);
        QTRY_VERIFY(fixture.box(u"visible:Handbook"_s)->isChecked());
        fixture.press(u"visible:Private"_s);
        QTRY_VERIFY(!fixture.control.now.visible);
    }

    void everyControlHasAName()
    {
        Fixture fixture;
        for (const QWidget *control : fixture.card.findChildren<QWidget *>()) {
            const bool isControl = qobject_cast<const QAbstractButton *>(control)
                                   || qobject_cast<const QAbstractSpinBox *>(control)
                                   || (qobject_cast<const QLineEdit *>(control)
                                       && !qobject_cast<const QAbstractSpinBox *>(control->parentWidget()));
            QVERIFY2(!isControl || !control->isVisibleTo(&fixture.card) || !control->accessibleName().isEmpty(),
                     qPrintable(control->objectName()));
        }
    }
};

QTEST_MAIN(TestServeCard)
#include "tst_servecard.moc"
