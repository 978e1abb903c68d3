/**
 * @typedef {object} Figure
 * @property {string} what
 * @property {number} value
 * @property {string} unit
 * @property {number} bound
 * @property {'at most' | 'at least'} sense
 * @property {string} [beside] what the figure was compared with in the same run
 */

/** @param {number} value */
export const shown = (value) =>
  value >= 100
    ? Math.round(value).toLocaleString('en-US')
    : value.toLocaleString('en-US', { maximumFractionDigits: 2 })

/** @param {Figure} figure */
export const holds = ({ value, bound, sense }) => (sense === 'at most' ? value <= bound : value >= bound)

/** @param {readonly Figure[]} figures @returns {string} a Markdown table */
export function tableOf(figures) {
  const rows = figures.map(
    (figure) =>
      `| ${figure.what} | ${shown(figure.value)} ${figure.unit} | ${figure.sense} ${shown(figure.bound)} ${figure.unit} | ${holds(figure) ? 'yes' : '**no**'} | ${figure.beside ?? ''} |`,
  )
  return ['| what | measured | bound | holds | beside |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  )
}

/** @param {readonly number[]} values @param {number} share for example 0.95 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** @param {readonly number[]} values */
export const median = (values) => percentile(values, 0.5)
