/** Needs no quotes in a shell; anything else gets them. @param {string} text */
const shellWord = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

/**
 * The arguments somebody gave, with one option's value exchanged or added; everything else stays as it was.
 * @param {readonly string[]} args @param {string} flag `--port` @param {string} value
 * @returns {readonly string[]}
 */
function withOption(args, flag, value) {
  const isOurs = (/** @type {number} */ at) => args[at] === flag || args[at]?.startsWith(`${flag}=`)
  const first = args.findIndex((_, at) => isOurs(at))
  if (first < 0) return [...args, flag, value]
  return args.flatMap((word, at) => {
    if (at === first) return [flag, value]
    return isOurs(at) || args[at - 1] === flag ? [] : [word]
  })
}

/**
 * `npm start` as it was called, with these options exchanged, to be copied into a shell.
 * @param {readonly string[]} args what followed `npm start --`
 * @param {Readonly<Record<string, string>>} options by flag
 */
export function startCommandWith(args, options) {
  const all = Object.entries(options).reduce(
    (/** @type {readonly string[]} */ before, [flag, value]) => withOption(before, flag, value),
    args,
  )
  return ['npm start --', ...all.map(shellWord)].join(' ')
}
