// SPDX-License-Identifier: GPL-3.0-or-later
#include "knowledge/index/latenttrainer.h"

#include "knowledge/index/vectortable.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>
#include <unordered_map>

namespace quintet::knowledge {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr int oversampling = 20;
constexpr int powerIterations = 3;

/// The passages as rows of length 1, (1 + ln f) * idf each entry (only what is in a row is kept).
class SparseMatrix final {
public:
    SparseMatrix(const std::vector<TermCounts> &rows)
    {
        std::unordered_map<TermId, int> frequencies;
        for (const TermCounts &row : rows) {
            for (const TermCount &count : row)
                frequencies[count.id] += count.body > 0 ? 1 : 0;
        }
        for (const auto &[term, frequency] : frequencies) {
            if (frequency >= 2)
                m_terms.push_back(term);
        }
        std::ranges::sort(m_terms);
        std::unordered_map<TermId, int> columns;
        for (size_t i = 0; i < m_terms.size(); ++i) {
            const double n = frequencies[m_terms[i]];
            columns.emplace(m_terms[i], int(i));
            m_idf.push_back(float(std::log(1 + (double(rows.size()) - n + 0.5) / (n + 0.5))));
        }
        for (const TermCounts &row : rows)
            addRow(row, columns);
    }

    const std::vector<TermId> &terms() const { return m_terms; }
    const std::vector<float> &idf() const { return m_idf; }
    Eigen::Index rows() const { return Eigen::Index(m_starts.size()) - 1; }
    Eigen::Index columns() const { return Eigen::Index(m_terms.size()); }

    /// This times `right`.
    Matrix times(const Matrix &right) const
    {
        Matrix product = Matrix::Zero(rows(), right.cols());
        inStripes(right.cols(), [&](Eigen::Index from, Eigen::Index count) {
            for (Eigen::Index row = 0; row < rows(); ++row) {
                for (size_t i = m_starts[size_t(row)]; i < m_starts[size_t(row) + 1]; ++i)
                    product.row(row).segment(from, count) += m_values[i] * right.row(m_columns[i]).segment(from, count);
            }
        });
        return product;
    }

    /// This turned over, times `right`.
    Matrix turnedTimes(const Matrix &right) const
    {
        Matrix product = Matrix::Zero(columns(), right.cols());
        inStripes(right.cols(), [&](Eigen::Index from, Eigen::Index count) {
            for (Eigen::Index row = 0; row < rows(); ++row) {
                for (size_t i = m_starts[size_t(row)]; i < m_starts[size_t(row) + 1]; ++i)
                    product.row(m_columns[i]).segment(from, count) += m_values[i] * right.row(row).segment(from, count);
            }
        });
        return product;
    }

private:
    void addRow(const TermCounts &row, const std::unordered_map<TermId, int> &columns)
    {
        const size_t start = m_values.size();
        for (const TermCount &count : row) {
            const auto column = columns.find(count.id);
            if (count.body == 0 || column == columns.end())
                continue;
            m_columns.push_back(column->second);
            m_values.push_back((1 + std::log(float(count.body))) * m_idf[size_t(column->second)]);
        }
        normalize(std::span(m_values).subspan(start));
        m_starts.push_back(m_values.size());
    }

    /// Columns do not meet, so each thread has its own.
    template<typename Work>
    static void inStripes(Eigen::Index columns, Work work)
    {
        const Eigen::Index threads = std::clamp<Eigen::Index>(std::thread::hardware_concurrency(), 1, 4);
        const Eigen::Index stripe = (columns + threads - 1) / threads;
        std::vector<std::jthread> others;
        for (Eigen::Index from = stripe; from < columns; from += stripe)
            others.emplace_back([&work, from, count = std::min(stripe, columns - from)] { work(from, count); });
        work(0, std::min(stripe, columns));
    }

    std::vector<TermId> m_terms;
    std::vector<float> m_idf;
    std::vector<size_t> m_starts{0};
    std::vector<int> m_columns;
    std::vector<float> m_values;
};

struct Decomposed {
    Eigen::MatrixXd vectors; ///< by falling value
    Eigen::VectorXd values;
};

/// Of the inner products of the columns of `matrix`; what is but noise is left out.
Decomposed decomposed(const Matrix &matrix)
{
    const Matrix products = matrix.transpose() * matrix;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(products.cast<double>());
    const Eigen::VectorXd values = solver.eigenvalues().reverse();
    const double least = values.size() > 0 ? values(0) * 1e-6 : 0;
    Eigen::Index count = 0;
    while (count < values.size() && values(count) > least && values(count) > 1e-12)
        ++count;
    return {solver.eigenvectors().rowwise().reverse().leftCols(count), values.head(count)};
}

/// Columns of length 1 at right angles that span what those of `matrix` do.
Matrix orthonormal(const Matrix &matrix)
{
    const Decomposed parts = decomposed(matrix);
    const Eigen::MatrixXd turned = parts.vectors * parts.values.cwiseSqrt().cwiseInverse().asDiagonal();
    return matrix * turned.cast<float>();
}

Matrix randomMatrix(Eigen::Index rows, Eigen::Index columns)
{
    std::mt19937 random(1); // the same each time
    std::normal_distribution<float> normal;
    Matrix matrix(rows, columns);
    for (Eigen::Index i = 0; i < matrix.size(); ++i)
        matrix.data()[i] = normal(random);
    return matrix;
}

} // namespace

void LatentTrainer::add(const TermCounts &counts)
{
    m_rows.push_back(counts);
}

LatentModel LatentTrainer::run(CancelToken token) const
{
    if (passages() < leastPassages)
        return {};
    const SparseMatrix matrix(m_rows);
    const Eigen::Index wanted = std::clamp<Eigen::Index>(Eigen::Index(passages()) / 8, 8, 128);
    const Eigen::Index width = std::min({wanted + oversampling, matrix.rows(), matrix.columns()});
    if (width < 2)
        return {};
    Matrix range = matrix.times(randomMatrix(matrix.columns(), width));
    for (int i = 0; i < powerIterations && !token.stop_requested(); ++i)
        range = matrix.times(orthonormal(matrix.turnedTimes(orthonormal(range))));
    if (token.stop_requested() || range.cols() == 0)
        return {};
    const Matrix projected = matrix.turnedTimes(orthonormal(range)); // terms by directions
    const Decomposed parts = decomposed(projected);
    const Eigen::Index dimensions = std::min(wanted, parts.values.size());
    if (dimensions == 0)
        return {};
    const Eigen::MatrixXd turned =
        parts.vectors.leftCols(dimensions) * parts.values.head(dimensions).cwiseSqrt().cwiseInverse().asDiagonal();
    Matrix directions = projected * turned.cast<float>();
    LatentModel model{.dimensions = int(dimensions), .terms = matrix.terms()};
    for (Eigen::Index term = 0; term < directions.rows(); ++term)
        directions.row(term) *= matrix.idf()[size_t(term)];
    model.directions.assign(directions.data(), directions.data() + directions.size());
    return model;
}

} // namespace quintet::knowledge
