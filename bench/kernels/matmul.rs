//! Multiply matrices that are vectors of rows.

struct Matrix {
    size: usize,
    rows: Vec<Vec<f64>>,
}

impl Matrix {
    fn new(size: usize, value: impl Fn(usize, usize) -> f64) -> Matrix {
        let rows = (0..size).map(|i| (0..size).map(|j| value(i, j)).collect()).collect();
        Matrix { size, rows }
    }

    fn times(&self, other: &Matrix) -> Matrix {
        let mut made = Matrix::new(self.size, |_, _| 0.0);
        for i in 0..self.size {
            for k in 0..self.size {
                let factor = self.rows[i][k];
                for j in 0..self.size {
                    made.rows[i][j] += factor * other.rows[k][j];
                }
            }
        }
        made
    }

    fn trace(&self) -> f64 { (0..self.size).map(|i| self.rows[i][i]).sum() }
}

fn main() {
    let first = Matrix::new(360, |i, j| ((i * 7 + j * 3) % 11) as f64);
    let mut product = Matrix::new(360, |i, j| if i == j { 1.0 } else { 0.0 });
    for _ in 0..12 {
        product = product.times(&first);
        let scale = product.trace();
        for row in &mut product.rows {
            for cell in row.iter_mut() {
                *cell /= scale;
            }
        }
    }
    println!("{:.9}", product.rows[3][5] * 1e6);
}
