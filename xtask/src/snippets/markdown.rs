//! The blocks of code of a page.

/// One block.
pub(super) struct Block<'a> {
    /// What stands after the opening fence, up to a space.
    pub(super) fence: &'a str,
    pub(super) line: usize,
    /// Its lines without their indentation and without those that are empty.
    pub(super) lines: Vec<&'a str>,
}

pub(super) fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (number, line) in page.lines().enumerate() {
        let line = line.trim();
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(fence), None) => {
                let fence = fence.split([' ', ',']).next().unwrap_or_default();
                open = Some(Block { fence, line: number + 1, lines: Vec::new() });
            }
            (None, Some(block)) if !line.is_empty() => block.lines.push(line),
            (None, _) => {}
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn blocks_are_found_with_their_lines() {
        let found = blocks("# A\n\n```rust,no_run\nlet a = 1;\n\n    a;\n```\n\n  ```kotlin\n  b()\n  ```\n");
        let seen: Vec<_> = found.iter().map(|block| (block.fence, block.line, block.lines.clone())).collect();
        assert_eq!(seen, [("rust", 3, vec!["let a = 1;", "a;"]), ("kotlin", 9, vec!["b()"])]);
    }
}
