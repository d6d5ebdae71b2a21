// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/leafblock.h"

#include <QRectF>
#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

namespace quintet::ui {

/// Something in a row that can be clicked, or chosen by keyboard.
struct Target {
    enum Kind { Link, Citation, Footnote, Fold, Button, Action, Attachment, Source, CopyCode, SaveCode, WrapCode };
    Kind kind = Link;
    QString value;             ///< address, label or id
    QString text;              ///< what it says
    std::vector<QRectF> rects; ///< in its row

    bool operator==(const Target &) const = default;
};

/// A row that is no Markdown: a line of text with buttons, plain or framed.
struct Card {
    enum Frame { None, Plain, Error };
    enum Tone { Text, Second, Accent, Bad };
    enum Fold { NoFold, Folded, Unfolded };

    struct Piece {
        QString text;
        Tone tone = Text;
        bool isStrong = false;
        bool isCode = false;
        std::optional<Target::Kind> target;
        QString value;

        bool operator==(const Piece &) const = default;
    };
    struct Button {
        QString id;
        QString text;
        bool isPrimary = false;
        bool isDestructive = false;

        bool operator==(const Button &) const = default;
    };

    Frame frame = None;
    Fold fold = NoFold;
    QString icon;
    std::vector<Piece> pieces; ///< one behind the other
    std::vector<Button> buttons;
    bool isSmall = true; ///< in the size of facts

    bool operator==(const Card &) const = default;
};

/// One line of a transcript's flow, as data.
struct Row {
    std::variant<text::LeafBlock, Card> content;
    size_t part = 0;      ///< of the message
    bool isInset = false; ///< belongs to the card above: what was thought, what a tool said
    quint64 chain = 0;    ///< of code: stands for it and all code before it in its block

    const text::LeafBlock *leaf() const { return std::get_if<text::LeafBlock>(&content); }
    const Card *card() const { return std::get_if<Card>(&content); }
    QString text() const;

    bool operator==(const Row &) const = default;
};

} // namespace quintet::ui
