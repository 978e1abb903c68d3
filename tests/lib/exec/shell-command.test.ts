import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { splitCommand } from '@/lib/emulator/exec/split-command'
import { shellCommand } from '@/lib/exec/shell-command'

const taskId = '7aeb908d0000000000000000009a11f2'

/** Runs the command as the agent does and gives what the shell says about itself. */
function ask(command: string, question: string) {
  const [file = '', ...args] = splitCommand(command) ?? []
  const { PATH = '' } = process.env
  return spawnSync(file, args, { input: `${question}\n`, encoding: 'utf8', env: { PATH, NODE_ENV: 'test' } })
    .stdout
}

describe('the command of a shell in a task', () => {
  it('names the task in the prompt, whatever the start files of the shell say', () =>
    expect(
      ask(
        shellCommand('backend-api', taskId),
        'PS1=other; eval "$PROMPT_COMMAND"; [ -z "$BASH" ] || echo "<$PS1>"',
      ),
    ).toMatch(/^(<backend-api 7aeb908d \$ >\n)?$/))

  it('names it where there is only sh', () =>
    expect(shellCommand('backend-api', taskId)).toContain('PS1="backend-api 7aeb908d \\$ "; export PS1'))

  it.each([`a'; touch x; '`, 'a"$(touch x)"', 'a`touch x`', 'a\nb'])(
    'takes nothing of the name %j as a command',
    (name) => {
      const words = splitCommand(shellCommand(name, taskId))
      expect(words).toHaveLength(3)
      expect(words?.[2]).toMatch(/^PS1="[\w.-]* 7aeb908d \\\$ ";/)
    },
  )
})
