/** What of a name may stand between quotes in two shells. */
const plain = (text: string): string => text.replaceAll(/[^\w.-]/g, '')

/**
 * The command of an interactive shell: the better shell where there is one, with a prompt that names the task (`backend-api 7aeb908d $ `);
 * a container without any shell ends the session at once. Bash sets its prompt anew in its start files, so there it is set after them.
 */
export function shellCommand(serviceName: string, taskId: string): string {
  const prompt = `${plain(serviceName)} ${plain(taskId.slice(0, 8))} \\$ `
  return (
    `sh -c 'PS1="${prompt}"; export PS1; if command -v bash >/dev/null 2>&1; then ` +
    `PROMPT_COMMAND="PS1=\\"$PS1\\"; unset PROMPT_COMMAND"; export PROMPT_COMMAND; exec bash; else exec sh; fi'`
  )
}
