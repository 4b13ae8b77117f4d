//! `wamid completions` and `wamid man`: what packagers and shells want of a command line, made from the command line itself.

use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

use super::exit::CommandError;
use super::output::{complain, hand_over};

/// `wamid completions`
///
/// For bash: wamid completions bash > ~/.local/share/bash-completion/completions/wamid
/// For zsh: wamid completions zsh > a folder of $fpath, as _wamid
/// For fish: wamid completions fish > ~/.config/fish/completions/wamid.fish
#[derive(Args)]
pub(super) struct Completions {
    /// The shell that reads it
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, mut command: Command) -> Result<(), CommandError> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "wamid", &mut script);
        Ok(hand_over(&script)?)
    }
}

/// `wamid man`
#[derive(Args)]
pub(super) struct Man {
    /// The command that the page is of, such as: send many [default: wamid itself]
    #[arg(value_name = "COMMAND", conflicts_with = "dir")]
    of: Vec<String>,
    /// Writes a page a command into this folder: wamid.1, wamid-send.1, wamid-send-many.1 and so on
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self, mut command: Command) -> Result<(), CommandError> {
        command.build();
        if let Some(folder) = &self.dir {
            let wrong = |error| {
                CommandError::Other(format!("the pages cannot be written to {}: {error}", folder.display()))
            };
            std::fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(command, folder))
                .map_err(wrong)?;
            complain(&format!("The pages are in {}: man {}/wamid.1", folder.display(), folder.display()));
            return Ok(());
        }
        let mut of = &command;
        for name in &self.of {
            of = of
                .find_subcommand(name)
                .ok_or_else(|| CommandError::Other(format!("there is no command {name}")))?;
        }
        // `wamid-send-many`, as pages are called; its text says `wamid send many`.
        let named = of.get_display_name().unwrap_or("wamid").to_owned();
        let mut page = Vec::new();
        clap_mangen::Man::new(of.clone()).title(named).render(&mut page)?;
        Ok(hand_over(&page)?)
    }
}
