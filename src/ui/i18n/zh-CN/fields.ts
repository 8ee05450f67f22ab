// Simplified Chinese of the message inspector's explanations.
import type { FieldCode, FieldSentence } from '../en/fields.ts'

const header = {
  header: () => '每条 BGP 消息都以这 19 字节开头：标记、长度和类型。',
  marker: () => '十六个全 1 字节标出一条消息的开头。如果不是全 1，接收方会回以 NOTIFICATION 1/1。',
  'message-length': (f) => `整条消息连同头部共 ${f.value} 字节。允许的长度是 19 到 4096 字节。`,
  'message-type': ({ data }) => {
    switch (data.type) {
      case 'OPEN':
        return '类型 1 是 OPEN：TCP 连接建立后，双方各自介绍自己一次。'
      case 'UPDATE':
        return '类型 2 是 UPDATE：通告路由、撤销路由，或两者兼有。'
      case 'NOTIFICATION':
        return '类型 3 是 NOTIFICATION：说明出了什么错，随后连接关闭。'
      case 'KEEPALIVE':
        return '类型 4 是 KEEPALIVE：只有头部。它表示发送方仍在，并让保持定时器重新计时。'
      default:
        return '类型 5 是 ROUTE-REFRESH（RFC 2918）：请求重发全部路由，或标记重发的起止（RFC 7313）。'
    }
  },
} satisfies Partial<Record<FieldCode, FieldSentence>>

const open = {
  version: (f) => `BGP 版本 ${f.value}。目前只使用版本 4。`,
  'my-as': (f) =>
    f.data.value === 23456
      ? '两个字节放不下这个 AS 号，所以这里写 AS_TRANS。真正的号码在能力 65 中。'
      : `发送方声明自己属于 AS ${f.value}。接收方会与自己的配置核对。`,
  'hold-time': (f) => `发送方提议的保持时间为 ${f.value}。双方取两个提议中较小的值；静默超过这段时间，会话即告结束。`,
  'bgp-identifier': (f) => `发送方的路由器 ID：\`${f.value}\`。两条连接冲突时由它决定保留哪一条。`,
  'parameters-length': (f) => `后面有 ${f.value} 字节的可选参数，能力就放在其中。`,
  capabilities: ({ data }) => `一个 ${data.bytes} 字节的可选参数，列出发送方的全部能力（RFC 5492）。`,
  'parameter-type': () => '参数类型 2 表示后面是能力。',
  'parameter-length': (f) => `能力共占 ${f.value} 字节。`,
  'capability-code': (f) => `能力编号 ${f.value}，由 IANA 统一登记。`,
  'capability-length': (f) => (f.data.value === 0 ? '后面没有值：列出这项能力就够了。' : `值占 ${f.value} 字节。`),
  'capability-1': (f) => `多协议扩展（RFC 4760）：发送方交换 ${f.value} 的路由。`,
  'capability-2': () => '路由刷新（RFC 2918）：对等体可以请求重发全部路由，而不必重建会话。',
  'capability-6': () => '扩展消息（RFC 8654）：消息可以超过 4096 字节。',
  'capability-64': (f) => `优雅重启（RFC 4724），${f.value}。R 表示发送方刚刚重启，F 表示其间一直在转发。`,
  'capability-65': (f) => `四字节 AS 号（RFC 6793）：发送方是 AS ${f.value}，路径中每个 AS 占四字节。`,
  'capability-69': (f) => `ADD-PATH（RFC 7911），${f.value}：同一前缀的多条路径可以并存，各有自己的标识。`,
  'capability-70': () => '增强的路由刷新（RFC 7313）：刷新以 BoRR 开始、以 EoRR 结束，由此可以找出过期路由。',
  'capability-71': (f) => `长时优雅重启：过期路由可以保留${f.value ? ` ${f.value}` : '较长时间'}。`,
  'capability-unknown': ({ data }) => `能力 ${data.capability}。这个 BIRD 不认识它，会直接跳过。`,
  afi: (f) => `地址族 ${f.value}：1 是 IPv4，2 是 IPv6。`,
  safi: (f) => `子地址族 ${f.value}：1 表示用于普通单播转发的路由。`,
  reserved: () => '没有含义的字节，发送方填 0。',
  'restart-time': (f) => `${f.value}：最高位是 R，其余十二位表示对等体应等待重启多久。`,
  'add-path-mode': (f) => `${f.value}：发送方想接收多条路径、发送多条路径，还是两者都要。`,
  'forwarding-flag': (f) => `${f.value}：1 表示 BGP 重启期间该地址族一直在转发。`,
  'stale-time': (f) => `路由可以保持过期状态 ${f.value}。`,
} satisfies Partial<Record<FieldCode, FieldSentence>>

const update = {
  withdrawn: ({ data }) =>
    data.count === 0 ? '长度为 0：这条消息不撤销任何路由。' : `有 ${data.count} 个前缀不再能经由发送方到达。`,
  'withdrawn-length': (f) => `被撤销的前缀共占 ${f.value} 字节。`,
  'attributes-length': (f) =>
    f.data.value === 0
      ? '长度为 0：没有属性，因此也没有通告。'
      : `路径属性共占 ${f.value} 字节，其后剩下的就是被通告的前缀。`,
  attributes: () => '这些属性描述一条路径，对本消息通告的每个前缀都适用。',
  nlri: ({ data }) => `网络层可达信息：发送方以上述路径通告 ${data.count} 个前缀。`,
  prefix: ({ data }) =>
    data.bits === 0
      ? '第一个字节是 0 位，后面没有地址：这是默认路由。'
      : `第一个字节是 ${data.bits} 位。${data.bits} 位的前缀需要 ${data.bytes} 字节，所以地址占后面 ${data.bytes} 字节。第 ${data.bits} 位之后都是 0。`,
  'prefix-add-path': ({ data }) =>
    `使用 ADD-PATH 时，先是四字节的路径标识，然后一个字节给出 ${data.bits} 位，地址占后面 ${data.bytes} 字节。`,
  'path-id': (f) => `该前缀的第 ${f.value} 号路径。号码由发送方选定，只用来区分它的各条路径。`,
  'prefix-length': ({ data }) => `地址的前 ${data.bits} 位属于前缀。`,
  'prefix-address': ({ data }) => `地址开头的 ${data.bytes} 字节；长度没有覆盖到的末尾字节不写出。`,
} satisfies Partial<Record<FieldCode, FieldSentence>>

const attributes = {
  'attribute-flags': ({ data }) =>
    `该属性是 ${data.flags}。optional 的属性路由器可以不认识；transitive 的属性即使不认识也会传下去。`,
  'attribute-type': ({ data, value }) => `类型 ${value.split(',', 1)[0]} 是 ${data.name}。`,
  'attribute-length': (f) => `值占 ${f.value} 字节。`,
  'attribute-1': (f) => `路由如何进入 BGP：${f.value}。BIRD 优先选 IGP，其次 EGP，最后 INCOMPLETE。`,
  'attribute-2': (f) =>
    f.value === ''
      ? '路径为空：前缀源自本 AS，还没有离开过。'
      : `路由经过的 AS 是 \`${f.value}\`，最近的在前。路由器若在其中看到自己的 AS，就拒绝这条路径。`,
  'attribute-3': (f) => `发往这些前缀的报文应送到 \`${f.value}\`。`,
  'attribute-4': (f) => `到同一邻居 AS 有多条链路时，值小者优先；这里是 ${f.value}。`,
  'attribute-5': (f) => `本 AS 对这条路径的偏好：${f.value}。值大者胜出，先于路径长度比较。只有 iBGP 携带它。`,
  'attribute-6': () => '途中某个路由器聚合了路由，并省略了部分路径。',
  'attribute-7': (f) => `聚合该路由的路由器，其 AS 和地址为 \`${f.value}\`。`,
  'attribute-8': (f) => `贴在路由上、供过滤器使用的标签：\`${f.value}\`。`,
  'attribute-9': (f) => `把路由带入本 AS 的路由器：\`${f.value}\`。它看到自己时会拒绝该路由（RFC 4456）。`,
  'attribute-10': (f) => `路由经过的路由反射器集群：\`${f.value}\`。反射器看到自己的集群时会拒绝它（RFC 4456）。`,
  'attribute-14': () => '另一地址族被通告的前缀及其下一跳（RFC 4760）。',
  'attribute-15': () => '另一地址族被撤销的前缀（RFC 4760）。',
  'attribute-16': (f) => `更长的标签，每个八字节（RFC 4360）：\`${f.value}\`。`,
  'attribute-17': (f) => `每个 AS 占四字节的路径，供只认识两字节的路由器之后的路由器使用：\`${f.value}\`。`,
  'attribute-18': (f) => `以四字节 AS 号表示的聚合者：\`${f.value}\`。`,
  'attribute-32': (f) => `大团体属性，每个由三个四字节数组成（RFC 8092）：\`${f.value}\`。`,
  'attribute-unknown': ({ data }) => `这个 BIRD 不认识属性 ${data.type}。若为 transitive 就保留，否则丢弃。`,
  'value-1': (f) => `0 是 IGP，1 是 EGP，2 是 INCOMPLETE。这里是 ${f.value}。`,
  'value-3': (f) => `下一跳的地址：\`${f.value}\`。`,
  'value-4': (f) => `四字节的数 ${f.value}，越小越优先。`,
  'value-5': (f) => `四字节的数 ${f.value}，越大越优先。`,
  'value-9': (f) => `四字节的路由器 ID：\`${f.value}\`。`,
  'value-14': () => '地址族、下一跳和前缀，原样列出。',
  'value-15': () => '地址族和前缀，原样列出。',
  'value-unknown': () => '原样列出的值；BIRD 不解读其内容。',
  'item-8': (f) => `两半分别是一个 AS 和它自己选定的数：\`${f.value}\`。`,
  'item-10': (f) => `路由经过的一个集群：\`${f.value}\`。`,
  'item-16': (f) => `一个八字节的扩展团体属性：\`${f.value}\`。`,
  'item-32': (f) => `一个大团体属性：定义它的 AS 和两个自选的数，\`${f.value}\`。`,
  'as-segment': ({ data }) =>
    data.kind === 'AS_SET'
      ? `由 ${data.count} 个 AS 号组成的无序集合，只算一步。`
      : `由 ${data.count} 个 AS 号组成的序列，按加入的次序排列，最新的在前。`,
  'segment-type': ({ data }) => `段的种类：${data.kind}。`,
  'segment-length': (f) => `后面有 ${f.value} 个 AS 号。`,
  'as-number': (f) => `AS ${f.value}，占 ${f.length} 字节。`,
  'aggregator-address': (f) => `聚合者的路由器 ID：\`${f.value}\`。`,
} satisfies Partial<Record<FieldCode, FieldSentence>>

const rest = {
  'error-code': ({ data }) =>
    `错误 ${data.error}。1 是消息头，2 是 OPEN，3 是 UPDATE，4 是保持定时器，5 是状态机，6 是 Cease，7 是刷新。`,
  'error-subcode': ({ data }) =>
    data.subcode === 0 ? '子码 0：没有更具体的说明。' : `子码 ${data.subcode} 给出确切原因：${data.text}。`,
  'error-data': ({ data, value }) => {
    if (data.error === 2 && data.subcode === 2) return `收到的、与预期不符的 AS 号：${value}。`
    if (data.error === 6) return `写给对方运维人员的一句话（RFC 8203）：${value}。`
    return '接收方所反对的内容，原样列出。'
  },
  'refresh-subtype': (f) => {
    if (f.data.value === 1) return 'BoRR，路由刷新开始：后面是全部路由，不在其中的即为过期（RFC 7313）。'
    if (f.data.value === 2) return 'EoRR，路由刷新结束：没有再次出现的路由现在删除（RFC 7313）。'
    if (f.data.value !== 0) return 'RFC 7313 没有定义的子类型：这条消息会被忽略。'
    return '子类型 0 就是请求本身：请重新发送全部路由（RFC 2918）。'
  },
} satisfies Partial<Record<FieldCode, FieldSentence>>

export const fields = { ...header, ...open, ...update, ...attributes, ...rest } satisfies Record<
  FieldCode,
  FieldSentence
>
