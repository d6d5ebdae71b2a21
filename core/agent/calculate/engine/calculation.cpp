// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/calculate/engine/calculation.h"

#include "agent/calculate/engine/vocabulary.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <libqalculate/qalculate.h>

namespace quintet::agent {

namespace {

using namespace Qt::StringLiterals;

constexpr int digits = 15;
constexpr int longestResult = 2'000; ///< characters
constexpr int milliseconds = 3'000;  ///< of libqalculate's own bound; whoever ends the process waits a bit longer

QString tr(const char *text)
{
    return QCoreApplication::translate("agent", text);
}

EvaluationOptions evaluation(ApproximationMode mode)
{
    EvaluationOptions options = default_user_evaluation_options;
    options.parse_options.unknowns_enabled = false;
    options.approximation = mode;
    options.mixed_units_conversion = MIXED_UNITS_CONVERSION_NONE;
    return options;
}

PrintOptions printing(NumberFractionFormat fractions)
{
    PrintOptions options = default_print_options;
    options.number_fraction_format = fractions;
    options.interval_display = INTERVAL_DISPLAY_SIGNIFICANT_DIGITS;
    options.use_unicode_signs = UNICODE_SIGNS_OFF;
    options.decimalpoint_sign = ".";
    options.min_exp = digits;
    return options;
}

/// What libqalculate has to say of the last calculation: its errors, and warnings, which mean it guessed.
QStringList complaints()
{
    QStringList all;
    for (CalculatorMessage *message = CALCULATOR->message(); message; message = CALCULATOR->nextMessage()) {
        if (message->type() != MESSAGE_INFORMATION)
            all << QString::fromStdString(message->message());
    }
    return all;
}

QString printed(const std::string &expression, ApproximationMode mode, NumberFractionFormat fractions)
{
    const std::string result =
        CALCULATOR->calculateAndPrint(expression, milliseconds, evaluation(mode), printing(fractions),
                                      AUTOMATIC_FRACTION_OFF, AUTOMATIC_APPROXIMATION_OFF);
    QString text = QString::fromStdString(result).trimmed();
    if (text.size() > longestResult)
        text = text.first(longestResult) + u"…"_s;
    // All digits are printed, zeros too.
    static const QRegularExpression zeros(u"(\\.\\d*[1-9])0+(?!\\d)"_s);
    static const QRegularExpression onlyZeros(u"\\.0+(?!\\d)"_s);
    text.replace(zeros, u"\\1"_s).remove(onlyZeros);
    // A date stands in quotes.
    if (text.size() > 1 && text.startsWith(u'"') && text.endsWith(u'"') && text.count(u'"') == 2)
        text = text.sliced(1, text.size() - 2);
    return text;
}

std::optional<double> numberIn(const QString &text)
{
    static const QRegularExpression number(
        u"^(?:[A-Z]{3} |[€$£¥])?(-?[0-9]+(?:\\.[0-9]+)?(?:E[+-]?[0-9]+)?)\\s*[^0-9+\\-*/^;\\[\\](]*(?:\\^[0-9]+|/[^0-9+\\-*]+)*$"_s);
    const auto match = number.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const double value = match.captured(1).toDouble();
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

Result<void> define(const QJsonObject &variables)
{
    static const QRegularExpression name(u"^[A-Za-z_][A-Za-z0-9_]{0,63}$"_s);
    for (auto it = variables.begin(); it != variables.end(); ++it) {
        const QString text = it->isDouble() ? QString::number(it->toDouble(), 'g', QLocale::FloatingPointShortest)
                                            : readable(it->toString());
        if (!name.match(it.key()).hasMatch() || text.isEmpty())
            return failure(ErrorKind::BadInput, tr("The variable “%1” needs a name of letters, and a number or an "
                                                   "expression as its value.")
                                                    .arg(it.key()));
        if (const auto fits = checkWords(text); !fits)
            return fits;
        CALCULATOR->addVariable(new KnownVariable("", it.key().toStdString(), text.toStdString()), true);
    }
    return {};
}

void loadDefinitions()
{
    new Calculator(true); // makes itself CALCULATOR, and stays
    CALCULATOR->loadGlobalPrefixes();
    CALCULATOR->loadGlobalUnits();
    CALCULATOR->loadGlobalVariables();
    CALCULATOR->loadGlobalFunctions();
    CALCULATOR->setPrecision(digits);
    CALCULATOR->setExchangeRatesWarningEnabled(false);
    forgetOutsideFunctions();
}

} // namespace

QJsonObject toJson(const Calculation &calculation)
{
    QJsonObject json{{u"value"_s, calculation.value}};
    if (!calculation.exact.isEmpty())
        json[u"exact"] = calculation.exact;
    if (calculation.number)
        json[u"number"] = *calculation.number;
    return json;
}

Result<Calculation> calculate(QString expression, const QJsonObject &variables)
{
    loadDefinitions();
    expression = readable(expression);
    if (const auto defined = define(variables); !defined)
        return std::unexpected(defined.error());
    if (const auto fits = checkWords(expression); !fits)
        return std::unexpected(fits.error());
    const std::string text =
        CALCULATOR->unlocalizeExpression(expression.toStdString(), evaluation(APPROXIMATION_TRY_EXACT).parse_options);
    Calculation result;
    result.value = printed(text, APPROXIMATION_TRY_EXACT, FRACTION_DECIMAL);
    if (const QStringList trouble = complaints(); !trouble.isEmpty())
        return failure(ErrorKind::BadInput, tr("That cannot be calculated: %1").arg(trouble.join(u' ')));
    if (result.value.isEmpty() || result.value.contains(u"aborted"_s) || result.value.contains(u"timed out"_s))
        return failure(ErrorKind::BadInput, tr("That takes too long to calculate. Ask for less, or for an estimate."));
    result.number = numberIn(result.value);
    result.exact = printed(text, APPROXIMATION_EXACT, FRACTION_FRACTIONAL);
    complaints();
    if (result.exact == result.value)
        result.exact.clear();
    return result;
}

} // namespace quintet::agent
