/** A command as completion knows it. */
export interface Completed {
  readonly name: string;
  readonly description: string;
  /** Whether it takes files after it. */
  readonly files: boolean;
  readonly options: readonly { readonly flag: string; readonly description: string; readonly valued: boolean }[];
}

/** The shells that completion is written for. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** The script by which a shell completes the commands and their options. */
export const completionScripts: Readonly<Record<Shell, (commands: readonly Completed[]) => string>> = {
  bash,
  zsh,
  fish,
};

function bash(commands: readonly Completed[]): string {
  const names = commands.map(({ name }) => name);
  const cases = commands.map(
    ({ name, options }) => `    ${name}) words='${options.map(({ flag }) => flag).join(' ')}' ;;`,
  );
  return `# bash completion of mechane: eval "$(mechane completion bash)"
_mechane() {
  local word="\${COMP_WORDS[COMP_CWORD]}" command='' each words
  for each in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$each" in
      -*) ;;
      *) command="$each"; break ;;
    esac
  done
  case "$command" in
    '') words='${[...names, '--help', '--version'].join(' ')}' ;;
${cases.join('\n')}
    *) words='' ;;
  esac
  COMPREPLY=()
  if [[ -z "$command" || "$word" == -* ]]; then
    while IFS= read -r each; do COMPREPLY+=("$each"); done < <(compgen -W "$words" -- "$word")
  fi
}
complete -o default -F _mechane mechane
`;
}

function zsh(commands: readonly Completed[]): string {
  const named = commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`);
  const cases = commands.map(({ name, files, options }) => {
    const all = options.map(({ flag, description, valued }) =>
      quoted(`${flag}[${description.replaceAll(/[[\]]/g, '')}]${valued ? ':value:_files' : ''}`),
    );
    return `    ${name}) _arguments ${[...all, ...(files ? ["'*:file:_files'"] : [])].join(' ')} ;;`;
  });
  return `#compdef mechane
# zsh completion of mechane: eval "$(mechane completion zsh)"
_mechane() {
  local -a commands
  commands=(
${named.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = '_mechane' ]; then
  _mechane "$@"
else
  compdef _mechane mechane
fi
`;
}

function fish(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, description, files, options }) => {
    const seen = `-n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c mechane -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
      ...options.map(
        (option) =>
          `complete -c mechane ${seen} -l ${option.flag.slice(2)}${option.valued ? ' -r' : ''} -d ${quoted(option.description)}`,
      ),
      ...(files ? [] : [`complete -c mechane ${seen} -f`]),
    ];
  });
  return `# fish completion of mechane: mechane completion fish | source\n${lines.join('\n')}\n`;
}

/** A text between single quotes, which every shell takes as it stands; a quote of its own becomes a typographic one. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", '’').replaceAll('\\', '')}'`;
}
