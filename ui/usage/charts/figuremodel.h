// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <vector>

namespace quintet::ui {

/// A figure as a table shows it: its text, and what it is sorted by.
struct FigureCell {
    QString text;
    QVariant value;
    QString hint; ///< shown as a tooltip
};

/// Rows of figures. The first column says what a row is about.
struct Figures {
    struct Column {
        QString title;
        QString hint;
    };

    std::vector<Column> columns;
    std::vector<std::vector<FigureCell>> rows;
};

/// A table of figures as a model: numbers right-aligned, in digits of even width; sorted by Qt::UserRole.
class FigureModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setFigures(Figures figures);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    Figures m_figures;
};

} // namespace quintet::ui
