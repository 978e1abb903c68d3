import type { Plan } from '../../plan'
import { danglingRefs } from '../dangling'
import type { RenderTarget } from '../rendered'
import { visibleLine } from '../visible'
import type { Shell } from './call'
import { functionNames, functionText } from './functions'
import { shellWord } from './shell-word'
import { stepLines } from './step-lines'
import { variablesOf } from './variables'

/**
 * A sentence as a comment. In quotes where it holds more than words, because an interactive zsh knows no comments and would run what
 * stands in one; `!` is written out for the history of interactive shells.
 */
export function shellComment(sentence: string): string {
  const line = visibleLine(sentence).replaceAll('!', '\\u{21}')
  return `# ${/^[\p{L}\p{N}\p{M} .,:/_@%+=-]*$/u.test(line) ? line : shellWord(line)}`
}

/** What was written uses a function when the name stands where a command does. */
const calls = (text: string, name: string) => new RegExp(`(^|\\(|^ +)${name} `, 'm').test(text)

/**
 * A script for any POSIX shell. It runs in a subshell, so that pasted into a terminal an error ends the script and not the terminal.
 */
export function renderCli(plan: Plan, target: RenderTarget): { text: string; remarks: readonly string[] } {
  const variables = variablesOf(plan.steps)
  const shell: Shell = {
    target,
    variableOf: ({ $ref: { step, output } }) => variables.nameOf(step, output),
  }
  const steps = plan.steps.map((step) => {
    const lines = stepLines(step, {
      shell,
      needed: variables.neededOf(step.id),
      nameOf: (output) => variables.nameOf(step.id, output),
      operation: variables.nameOf(step.id, 'operation'),
    })
    return [shellComment(step.sentence), ...lines].join('\n')
  })
  const body = steps.join('\n\n')
  const functions = functionNames.filter((name) => calls(body, name)).map((name) => functionText(name, shell))
  const text = [
    [
      '#!/bin/sh',
      shellComment(plan.title),
      '# Run it with sh or paste it into bash; it stops at the first call that fails.',
    ],
    // The CLI's second version would show each answer in a pager and wait for a key.
    ['(', 'set -eu', "AWS_PAGER=''", 'export AWS_PAGER'],
  ].map((lines) => lines.join('\n'))
  return { text: `${[...text, ...functions, body, ')'].join('\n\n')}\n`, remarks: danglingRefs(plan) }
}
