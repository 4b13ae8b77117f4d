//! A command line is put together of parts, and a part may be empty.

use std::ffi::OsStr;

use xtask_shell::command;

#[test]
fn an_empty_part_of_a_command_line_is_no_argument() {
    let command = command(&["cargo", "rustc", "", "--", ""].join(" "));
    assert_eq!(command.get_args().collect::<Vec<_>>(), ["rustc", "--"].map(OsStr::new));
}
