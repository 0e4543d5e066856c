import type { Results } from './results.js';

const ROW = 22;
const LABELS = 330;
const BARS = 420;
const WIDTH = LABELS + BARS + 90;

/** A picture of the throughput at 64 connections: a bar a contender, ours marked, the machine below. */
export function bars({ rows, machine, command }: Results): string {
  const shown = rows
    .filter(({ load, placing }) => load === '64 connections' && placing === 'pinned')
    .toSorted((a, b) => b.perSecond - a.perSecond);
  const most = Math.max(1, ...shown.map(({ perSecond }) => perSecond));
  const top = 56;
  const height = top + shown.length * ROW + 64;
  const lines = shown.map(({ contender, perSecond, wrong }, index) => {
    const y = top + index * ROW;
    const width = Math.max(1, (perSecond / most) * BARS);
    const colour = contender.startsWith('CP2') ? '#0b6e4f' : wrong > 0 ? '#c0504d' : '#8a9aa8';
    const note = wrong > 0 ? `${perSecond.toFixed(0)}, ${wrong} wrong` : perSecond.toFixed(0);
    return [
      `<text x="${LABELS - 8}" y="${y + 14}" text-anchor="end">${escaped(contender)}</text>`,
      `<rect x="${LABELS}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 7}" fill="${colour}"/>`,
      `<text x="${LABELS + width + 6}" y="${y + 14}">${note}</text>`,
    ].join('\n');
  });
  const foot = [
    `${machine.system}; ${machine.node}`,
    `${machine.postgresql}; ${command}, ${machine.date}`,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" fill="#222"><title>Turns a second of each contender</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="16" y="24" font-size="16">Right answers a second at 64 connections, the server on one core</text>
<text x="16" y="42" fill="#555">Green keeps every turn, exactly once, before it answers; grey keeps less; red also gave wrong answers or none.</text>
${lines.join('\n')}
${foot.map((line, index) => `<text x="16" y="${height - 34 + index * 18}" fill="#555">${escaped(line)}</text>`).join('\n')}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
