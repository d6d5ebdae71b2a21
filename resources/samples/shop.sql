-- The sample shop: tea, kettles and what belongs to them, over the months up to today. Every run on the same day gives
-- the same rows, and the total of a past month depends only on how long ago it is.
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT NOT NULL
) STRICT;

INSERT INTO customers (id, name, country) VALUES
    (1, 'Almond & Daughters', 'United Kingdom'), (2, 'Café Morgenrot', 'Germany'), (3, 'Brasserie du Canal', 'France'),
    (4, 'Hotel Fjordblick', 'Norway'), (5, 'Northside Library', 'United Kingdom'), (6, 'Teehaus am Markt', 'Germany'),
    (7, 'La Petite Feuille', 'France'), (8, 'Green Room Theatre', 'Ireland'), (9, 'Officine Bianchi', 'Italy'),
    (10, 'Casa Azul', 'Spain'), (11, 'Havnens Bageri', 'Denmark'), (12, 'The Quiet Reader', 'United Kingdom'),
    (13, 'Kontor Elbufer', 'Germany'), (14, 'Salon de Lyon', 'France'), (15, 'Corner Shop Galway', 'Ireland'),
    (16, 'Bottega del Tè', 'Italy'), (17, 'Posada del Sol', 'Spain'), (18, 'Studio Lindgren', 'Sweden');

CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    price REAL NOT NULL -- in euros, for one
) STRICT;

INSERT INTO products (id, name, category, price) VALUES
    (1, 'Assam, 1 kg', 'Tea', 38.50), (2, 'Darjeeling, 1 kg', 'Tea', 64.00), (3, 'Sencha, 1 kg', 'Tea', 52.90),
    (4, 'Rooibos, 1 kg', 'Tea', 24.80), (5, 'Peppermint, 1 kg', 'Tea', 19.60), (6, 'Kettle, 1.7 l', 'Kettles', 89.00),
    (7, 'Kettle, gooseneck', 'Kettles', 129.00), (8, 'Kettle, 5 l, catering', 'Kettles', 249.00),
    (9, 'Teapot, cast iron', 'Pots and cups', 74.50), (10, 'Cups, set of 6', 'Pots and cups', 42.00),
    (11, 'Infuser', 'Pots and cups', 9.80), (12, 'Gift card', 'Gift cards', 10.00);

CREATE TABLE sales (
    id INTEGER PRIMARY KEY,
    sold_at TEXT NOT NULL, -- a date, YYYY-MM-DD
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    product_id INTEGER NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL,
    amount REAL NOT NULL -- in euros, quantity times price; gift cards carry what was paid for them
) STRICT;

WITH RECURSIVE
    -- How many months ago, and what was sold in all, in cents.
    months (ago, target) AS (VALUES
        (0, 4620000), (1, 4821040), (2, 4304410), (3, 3987265), (4, 4112090), (5, 3854300), (6, 3790155),
        (7, 3948820), (8, 3611980), (9, 3540475), (10, 3388060), (11, 4465730), (12, 4032515), (13, 3519345)),
    numbers (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i < 399),
    offers AS (
        SELECT ago, target, i,
               date('now', 'localtime', 'start of month', '-' || ago || ' months',
                    '+' || ((i * 11 + ago * 5) % 28) || ' days') AS day,
               1 + (i * 7 + ago * 5) % 18 AS customer,
               1 + (i * i + 3 * i + ago) % 11 AS product,
               1 + (i * 5 + ago * 3) % 8 AS quantity
        FROM months, numbers),
    priced AS (
        SELECT offers.*, quantity * CAST(round(price * 100) AS INTEGER) AS cents
        FROM offers JOIN products ON products.id = offers.product),
    summed AS (SELECT *, sum(cents) OVER (PARTITION BY ago ORDER BY i) AS so_far FROM priced),
    sold AS (
        SELECT day, customer, product, quantity, cents, ago FROM summed WHERE so_far <= target
        UNION ALL
        SELECT date('now', 'localtime', 'start of month', '-' || ago || ' months', '+27 days'), 1 + ago % 18, 12, 1,
               target - max(so_far), ago
        FROM summed WHERE so_far <= target GROUP BY ago HAVING target > max(so_far))
INSERT INTO sales (sold_at, customer_id, product_id, quantity, amount)
    SELECT day, customer, product, quantity, round(cents / 100.0, 2) FROM sold
    WHERE day <= date('now', 'localtime') ORDER BY day, customer, product, quantity;

CREATE INDEX sales_sold_at ON sales (sold_at);
