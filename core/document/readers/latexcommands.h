// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What commands of LaTeX, named without their backslash, mean to a reader. Any thread.
namespace quintet::document::latex {

/// Of a command that opens a section, from 1 for \part on; 0 for all others.
int sectionLevel(QStringView command);

/// Commands whose arguments are not for readers.
bool isSilent(QStringView command);

/// Of these only the last argument is read.
bool isLastRead(QStringView command);

/// Environments that stay as they are written: formulas and code.
bool isMathEnvironment(QStringView name);

/// The character that a command stands for; empty if it stands for none.
QString symbol(QStringView command);

/// The combining character of an accent command: \'e, \"o, \c{c}; 0 for all others.
char16_t accent(QStringView command);

} // namespace quintet::document::latex
