/** Whether operators may open shells in tasks: only when whoever started the console said so (`npm start -- --shell`). */
export const isShellOn = (env: Readonly<Record<string, string | undefined>>): boolean =>
  env.SWITCHBOARD_SHELL === '1'
