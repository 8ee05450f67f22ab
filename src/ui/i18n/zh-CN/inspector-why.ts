// Simplified Chinese of "why this route".
import type { why as en } from '../en/inspector-why.ts'

export const why = {
  title: '为何选这条路由',
  choose: '选择一条路由，查看它为何被选中。',
  only: (protocol, via) => `只有 \`${protocol}\` 提供它，${via}。`,
  chosen: (protocol, count) => `到它有 ${count} 条路径；BIRD 使用来自 \`${protocol}\` 的那条。`,
  nobody: '剩下的路由都不可用。',
  resolves: (through) => `下一跳经由 \`${through}\` 解析。`,
  rejected: (protocol, reason) =>
    `来自 \`${protocol}\` 的路径在到达时被拒绝：${reason}。BIRD 不保留它；这一行来自记录。`,
  kept: (protocol, reason) =>
    `来自 \`${protocol}\` 的路径在到达时被拒绝：${reason}。\`import keep filtered\` 把它留在表中，只有 \`show route filtered\` 会显示它；它不参与选路。`,
  syncError: 'BIRD 选中了它，但内核拒绝写入，因此报文不会走这条路由。',
  stale: '它已过期：对应的会话正在优雅重启，路由会保留到对等体重新发送或定时器结束为止。',
  attributes: '属性',
  steps: {
    preference: (d) => `\`${d.loser}\` 落选：其 preference 为 ${d.loserValue}，\`${d.best}\` 的为 ${d.bestValue}。`,
    'protocol-kind': (d) => `\`${d.loser}\` 落选：preference 相同时，BIRD 按协议种类取其一。`,
    'not-suppressed': (d) => `\`${d.loser}\` 落选：它被抑制。`,
    resolvable: (d) => `\`${d.loser}\` 落选：其下一跳不可达。`,
    'local-pref': (d) =>
      `\`${d.loser}\` 落选：其本地优先级为 ${d.loserValue}，\`${d.best}\` 的为 ${d.bestValue}，值大者胜出。`,
    'as-path-length': (d) =>
      `\`${d.loser}\` 落选：其 AS 路径长度为 ${d.loserValue}，\`${d.best}\` 的为 ${d.bestValue}，短者胜出。`,
    origin: (d) => `\`${d.loser}\` 落选：其 origin 为 ${d.loserValue}，\`${d.best}\` 的为 ${d.bestValue}。`,
    med: (d) => `\`${d.loser}\` 落选：其 MED 为 ${d.loserValue}，\`${d.best}\` 的为 ${d.bestValue}，值小者胜出。`,
    external: (d) => `\`${d.loser}\` 落选：它来自 iBGP，\`${d.best}\` 的来自 eBGP。`,
    'igp-metric': (d) => `\`${d.loser}\` 落选：其下一跳距离为 ${d.loserValue}，\`${d.best}\` 的为 ${d.bestValue}。`,
    'router-id': (d) => `\`${d.loser}\` 落选：其余相同，其路由器 ID ${d.loserValue} 大于 ${d.bestValue}。`,
    'cluster-list-length': (d) =>
      `\`${d.loser}\` 落选：它经过 ${d.loserValue} 个反射器，\`${d.best}\` 的经过 ${d.bestValue} 个。`,
    'peer-address': (d) =>
      `\`${d.loser}\` 落选：连路由器 ID 也相同，其对等体地址 ${d.loserValue} 大于 ${d.bestValue}。`,
  } as (typeof en)['steps'],
  noRule: (d) => `\`${d.loser}\` 落选：没有规则能区分它与 \`${d.best}\`，后者先到。`,
} satisfies typeof en
