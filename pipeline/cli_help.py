"""What `prescreen --help` says: Markdown, in Chinese."""

from __future__ import annotations

EXIT_CODES = """**退出码**

- `0` 全部案卷已初筛 (不论有无疑点)
- `1` 已完成, 但有案卷部分或全部未能读取, 汇总页列明
- `2` 命令或设置写法不对
- `3` 批次不存在、读不了, 或里面没有案卷
- `4` 识别引擎或模型缺失, 请运行 `prescreen doctor`
- `5` 运行文件夹写不了、被占用或账本损坏
- `6` 到了 `--until` 的时间, 尚有案卷未完; 再次运行即可继续
- `130` 被中断 (Ctrl-C); 已识别的页已保存, 再次运行即可继续
"""

PRESCREEN = """法律援助案卷初筛: 读扫描件, 列出疑点和证据, 供评估人员核对。案卷内容不离开本机。

**示例**

- `prescreen run 批次文件夹 --out 结果` 初筛一个批次
- `prescreen show 结果 A001` 在终端查看一个案卷
- `prescreen doctor` 检查安装是否完好
"""

RUN = """初筛一个批次。中断后再次运行即从断处继续; 已识别的页不再识别。

**示例**

- `prescreen run 批次 --out 结果`
- `prescreen run A001.pdf --out 结果` 只看一个案卷
- `prescreen run 案卷文件夹 --case --out 结果` 文件夹本身是一个案卷
- `prescreen run 批次 --out 结果 --workers 4 --pack national`
- `prescreen run 批次 --out 结果 --until 07:30` 早上七点半以后不再开始新的页
"""

WATCH = """监视一个收件文件夹: 拷贝完成的案卷自动初筛, 结果写入同一个运行文件夹; 已识别的页不再识别。

收件文件夹只读不写。正在拷贝的文件不动, 内容没有变动 `--settle` 秒之后才算拷贝完成; 网络盘断开时等它恢复。
空闲时用 Ctrl-C 结束, 退出码为 0。夜间运行和开机自启的做法见 docs/夜间运行.md。

**示例**

- `prescreen watch 收件 --out 结果`
- `prescreen watch 收件 --out 结果 --every 60 --settle 300` 网络慢时
- `prescreen watch 收件 --out 结果 --once` 初筛现在已拷贝完成的, 然后结束; 供计划任务使用
"""

STATUS = """查看一次运行进行到哪里: 谁在运行、案卷和页数、速度、预计完成时间、至今的问题和办法。

运行当中在另一个终端查看不影响运行; 运行被强行终止后, 或在文件夹的副本上, 也可查看。

**示例**

- `prescreen status 结果`
- `prescreen status 结果 --follow` 不断刷新, 直到运行结束
- `prescreen status 结果 --json` 供程序读取
"""

AUDIT = """核对一次运行: 每一页是否都有且只有一个结果, 文件、页、案卷结果、输出文件是否对得上。只读; 运行当中也可核对。

退出码 `0` 运行已结束且核对无误; `1` 有不符之处, 或运行还没有做完; `5` 不是运行文件夹, 或账本打不开。

**示例**: `prescreen audit 结果` · `prescreen audit 结果 --json`
"""

SHOW = """在终端查看一个案卷: 疑点与证据、依据、其他考虑, 未能读取的页, 文书目录。

`--boxes` 的网页和页面图像写在 `结果/debug/案卷名/`, 重新运行 `prescreen run` 时删除。

**示例**

- `prescreen show 结果 A001`
- `prescreen show 结果 A001 --facts` 案情、人员、单位、编号, 每份文书的日期、签名、印章、未填项, 卷内目录与涂改
- `prescreen show 结果 A001 --facts > 要素.txt` 不在终端时每行一项, 以制表符分隔
- `prescreen show 结果 A001 --boxes` 在各页图像上框出文字、日期、签名、印章、未填项, 供核对
"""

EXPORT = """写出要移交的文件: 一个案卷的评查意见书 (Word)、可检索的双层 PDF、JSON, 或整个批次的评查台账 (Excel)。

意见书的样式可用 Word 修改: 先 `--template` 另存自带的模板, 改好后在设置 `desk.opinion_template` 里写明。

**示例**

- `prescreen export 结果 A001 --out A001意见书.docx`
- `prescreen export 结果 A001 --as pdf`
- `prescreen export 结果 --as ledger`
- `prescreen export --template 意见书模板.docx`
"""

RULES = """列出规则; 给出代码则显示该规则的全文说明。用 --pack 检查规则包, 显示其中生效的规则、级别和应归档文书。

**示例**: `prescreen rules` · `prescreen rules DAT501` · `prescreen rules --pack 本市.toml`
"""

EVALUATE = """用标准答案给一次运行打分, 或与此前一次运行比较。

**示例**

- `prescreen evaluate 答案 结果 --rules DOC101,DAT501 --errors`
- `prescreen evaluate 答案 新结果 --against 旧结果` 哪些疑点新增、哪些消失
- `prescreen evaluate --reviews 结果1 结果2` 评估员认为各规则的疑点成立多少、不成立多少, 两人之间一致多少
"""

DIFF = """比较两次运行: 哪些疑点新增 (+)、哪些消失 (-), 哪些结论改变 (~)。换了规则包、改了设置或重新扫描之后用。

**示例**: `prescreen diff 旧结果 新结果`
"""

BENCH = """测速度、内存和字错率: 在同一次运行里与 RapidOCR、PaddleOCR、Tesseract 读同样的页。

其他程序各用其默认设置, 没有安装的列明原因。不联网; 不写别的文件。

**示例**

- `prescreen bench` 用自带的样例案卷, 抽取 24 页
- `prescreen bench 案卷文件夹 --pages 0 --json 结果.json` 全部页, 另存结果
- `prescreen bench --peers none --growth --plot 内存.svg` 用时和内存怎样增长
- `prescreen bench --reuse 1000` 只测跨案卷比对: 找到几对抄本, 用时怎样随份数增长
- `prescreen bench --engine --json 引擎.json` 只测引擎: 开销多少, 两个进程快几倍 (约五分钟)
- `prescreen bench --ledger --at 结果所在的磁盘` 只测账本: 每秒提交几页
"""

CAPACITY = """估算一夜能筛多少案卷: 按核数和 GPU 数列表, 依据本机实测 (约五分钟), 或此前存下的结果。

没有实测的 (例如 GPU) 注明未实测, 不编造数字。

**示例**

- `prescreen capacity`
- `prescreen capacity --from 引擎.json --hours 12 --pages-per-file 120`
- `prescreen capacity --from 引擎.json --gpu-pages-per-second 9.5` 另给在 GPU 上测得的页/秒
"""

SERVE = """打开评估人的工作台: 在浏览器里看案卷、核对证据、评议、更正、导出。案卷内容不离开本机, 不联网。

没有用户时只有本机能打开, 不需要登录; 有了用户 (`prescreen users`) 就要登录, 也才能向其他机器开放。

**示例**

- `prescreen serve 结果 --open` 只给本机用
- `prescreen serve 结果 三月结果 --users 用户.db --host 0.0.0.0 --certificate 证书.pem --key 私钥.pem`
- `prescreen serve 结果 --name pingcha.example --proxy` 前面有本机的 HTTPS 代理
"""

USERS = """管理工作台的用户, 并把案卷分给评估人。管理员看全部案卷, 评估人只看分给自己的。

用户存在运行文件夹的 users.db, 或另给一个 .db 文件, 几个批次共用。密码只存 argon2 散列, 不能还原。

**示例**

- `prescreen users 结果 add 赵明 --role admin`
- `prescreen users 结果 add 钱敏 --avoids 南岭县` 回避南岭县的案卷
- `prescreen users 结果 assign --each 2` 每卷分给两人独立评议
- `prescreen users 结果 assign A001 --to 钱敏,孙立`
- `prescreen users 用户.db list` · `prescreen users 结果 password 钱敏` · `prescreen users 结果 disable 孙立`
"""

CONFIG = """以 TOML 显示生效的设置; 可存成文件, 改后用 --config 给出。

**示例**: `prescreen config > 我的设置.toml`
"""

DOCTOR = """检查安装: 各组件和模型是否齐全, 用每个引擎试读一张内置图片, 磁盘与核数。

**示例**: `prescreen doctor` · `prescreen doctor --out 结果`
"""


def speak_chinese() -> None:
    """Give typer's own headings in Chinese, where its rich help is in use."""
    from typer import rich_utils

    words = {
        "ARGUMENTS_PANEL_TITLE": "参数",
        "OPTIONS_PANEL_TITLE": "选项",
        "COMMANDS_PANEL_TITLE": "命令",
        "DEFAULT_STRING": "[默认: {}]",
        "REQUIRED_LONG_STRING": "[必填]",
    }
    for name, value in words.items():
        if hasattr(rich_utils, name):
            setattr(rich_utils, name, value)
