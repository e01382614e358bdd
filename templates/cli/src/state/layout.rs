//! A layered layout of a graph without cycles: edges in, a column and a row for each node out.
//!
//! Nodes that nothing points to are in the first column, all others in the first column after those that point to them.
//! Rows are ordered by the mean row of the neighbours, which keeps crossings few. Time is linear in each of a fixed number
//! of passes.

/// Passes over all columns, in both directions in turn.
const PASSES: usize = 8;

/// Column and row of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) column: usize,
    pub(super) row: usize,
}

/// Places that many nodes.
pub(super) fn place(nodes: usize, edges: &[(usize, usize)]) -> Vec<Cell> {
    let column = columns(nodes, edges);
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (node, column) in column.iter().enumerate() {
        members.resize(members.len().max(column + 1), Vec::new());
        members[*column].push(node);
    }
    let mut neighbours = vec![Vec::new(); nodes];
    for (from, to) in edges {
        neighbours[*from].push(*to);
        neighbours[*to].push(*from);
    }
    let mut row = vec![0; nodes];
    number(&members, &mut row);
    for pass in 0..PASSES {
        let mut order: Vec<usize> = (0..members.len()).collect();
        if pass % 2 == 1 {
            order.reverse();
        }
        for at in order {
            members[at].sort_by(|a, b| {
                let (a, b) = (mean(*a, &neighbours, &row), mean(*b, &neighbours, &row));
                a.total_cmp(&b)
            });
            number(&members[at..=at], &mut row);
        }
    }
    let cells = column.iter().zip(&row);
    cells.map(|(column, row)| Cell { column: *column, row: *row }).collect()
}

/// The length of the longest way to each node.
fn columns(nodes: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut open = vec![0_usize; nodes];
    let mut targets = vec![Vec::new(); nodes];
    for (from, to) in edges {
        open[*to] += 1;
        targets[*from].push(*to);
    }
    let mut column = vec![0; nodes];
    let mut ready: Vec<usize> = (0..nodes).filter(|node| open[*node] == 0).collect();
    while let Some(node) = ready.pop() {
        for to in &targets[node] {
            column[*to] = column[*to].max(column[node] + 1);
            open[*to] -= 1;
            if open[*to] == 0 {
                ready.push(*to);
            }
        }
    }
    column
}

fn number(members: &[Vec<usize>], row: &mut [usize]) {
    for column in members {
        for (at, node) in column.iter().enumerate() {
            row[*node] = at;
        }
    }
}

/// The mean row of the neighbours of a node; its own without any.
#[expect(clippy::cast_precision_loss, reason = "rows are few")]
fn mean(node: usize, neighbours: &[Vec<usize>], row: &[usize]) -> f64 {
    let all = &neighbours[node];
    if all.is_empty() {
        return row[node] as f64;
    }
    all.iter().map(|it| row[*it] as f64).sum::<f64>() / all.len() as f64
}

#[cfg(test)]
mod tests {
    use super::{Cell, place};

    #[test]
    fn edges_lead_to_later_columns_and_cells_are_taken_once() {
        let edges = [(0, 1), (1, 2), (0, 2), (3, 2), (5, 4)];
        let cells = place(7, &edges);
        for (from, to) in edges {
            assert!(cells[from].column < cells[to].column, "{cells:?}");
        }
        for (at, cell) in cells.iter().enumerate() {
            assert!(!cells[..at].contains(cell), "{cells:?}");
        }
        assert_eq!(place(0, &[]), []);
    }

    #[test]
    fn neighbours_are_beside_each_other() {
        // Without ordering, both edges would cross.
        let cells = place(4, &[(0, 3), (1, 2)]);
        assert_eq!(cells[0].row, cells[3].row);
        assert_eq!(cells[1], Cell { column: 0, row: cells[2].row });
    }
}
