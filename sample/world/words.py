"""Words the organisation is made of: names, titles, company parts."""

FAMILY = (
    "佐藤 sato", "鈴木 suzuki", "高橋 takahashi", "田中 tanaka", "伊藤 ito", "渡辺 watanabe",
    "山本 yamamoto", "中村 nakamura", "小林 kobayashi", "加藤 kato", "吉田 yoshida",
    "山田 yamada", "佐々木 sasaki", "山口 yamaguchi", "松本 matsumoto", "井上 inoue",
    "木村 kimura", "林 hayashi", "斎藤 saito", "清水 shimizu", "山崎 yamazaki", "森 mori",
    "池田 ikeda", "橋本 hashimoto", "阿部 abe", "石川 ishikawa", "山下 yamashita",
    "中島 nakajima", "石井 ishii", "小川 ogawa", "前田 maeda", "岡田 okada", "長谷川 hasegawa",
    "藤田 fujita", "後藤 goto", "近藤 kondo", "村上 murakami", "遠藤 endo", "青木 aoki",
    "坂本 sakamoto", "福田 fukuda", "太田 ota", "西村 nishimura", "藤井 fujii", "金子 kaneko",
    "岡本 okamoto", "藤原 fujiwara", "三浦 miura", "中野 nakano", "原田 harada", "松田 matsuda",
    "竹内 takeuchi", "小野 ono", "中山 nakayama", "和田 wada", "石田 ishida", "森田 morita",
    "上田 ueda", "原 hara", "内田 uchida", "髙木 takagi", "柴田 shibata",
)  # fmt: skip
GIVEN = (
    "健一 kenichi", "太郎 taro", "花子 hanako", "翔太 shota", "美咲 misaki", "大輔 daisuke",
    "直樹 naoki", "恵子 keiko", "裕子 yuko", "誠 makoto", "学 manabu", "由美 yumi", "和也 kazuya",
    "達也 tatsuya", "智子 tomoko", "香織 kaori", "拓也 takuya", "浩二 koji", "陽子 yoko",
    "真理子 mariko", "隆 takashi", "亮 ryo", "愛 ai", "優子 yuuko", "純一 junichi", "悟 satoru",
    "洋介 yosuke", "麻衣 mai", "さくら sakura", "ひろし hiroshi", "彩 aya", "剛 tsuyoshi",
    "正樹 masaki", "久美子 kumiko", "俊介 shunsuke", "舞 mai", "英樹 hideki", "千尋 chihiro",
    "雄太 yuta", "明美 akemi", "修 osamu", "徹 toru", "涼子 ryoko", "博之 hiroyuki",
    "典子 noriko", "慎吾 shingo", "萌 moe", "光 hikaru", "遥 haruka", "蓮 ren",
)  # fmt: skip
FAMILY_EN = (
    "Smith", "Johnson", "Miller", "Brown", "Wilson", "Taylor", "Anderson", "Lee", "Martin",
    "Schmidt", "Nguyen", "Garcia", "Kim", "Chen", "Singh", "Rossi", "Dubois", "O'Brien",
)  # fmt: skip
GIVEN_EN = (
    "James", "Mary", "Robert", "Linda", "David", "Susan", "Michael", "Karen", "Daniel", "Emma",
    "Olivia", "Lucas", "Anna", "Peter", "Wei", "Priya", "Marco", "Claire",
)  # fmt: skip

# Title, level (0 executive, 1 head, 2 manager, 3 staff), weight within its level.
TITLES = (
    ("代表取締役社長", 0, 6), ("代表取締役", 0, 5), ("取締役", 0, 6), ("執行役員", 0, 5),
    ("CEO", 0, 2), ("CTO", 0, 2), ("VP of Engineering", 0, 1), ("取締役 管理本部長", 0, 2),
    ("部長", 1, 10), ("情報システム部長", 1, 6), ("営業本部長", 1, 3), ("経理部 部長", 1, 5),
    ("事業部長", 1, 3), ("Director", 1, 2), ("Head of Operations", 1, 1), ("副部長", 1, 1),
    ("部長代理", 1, 1), ("次長", 2, 4), ("課長", 2, 10), ("総務課長", 2, 5),
    ("マネージャー", 2, 7), ("Manager", 2, 2), ("IT Manager", 2, 2),
    ("プロジェクトマネージャー", 2, 3),
    ("主任", 3, 8), ("係長", 3, 4), ("担当", 3, 8), ("情報システム部", 3, 6), ("経理担当", 3, 4),
    ("エンジニア", 3, 6), ("部長付", 3, 1), ("社長室", 3, 1), ("秘書", 3, 1), ("Specialist", 3, 2),
    ("営業企画", 3, 4), ("ﾏﾈｰｼﾞｬｰ", 2, 1), ("課 長", 2, 1),
)  # fmt: skip
LEVEL_SHARES = (0.08, 0.17, 0.30, 0.45)
PROMOTED_TITLE = "部長"

PREFIXES = (
    "青葉 aoba", "東都 toto", "北斗 hokuto", "南海 nankai", "西都 saito", "大和 yamato",
    "日進 nisshin", "光洋 koyo", "三和 sanwa", "富岳 fugaku", "若葉 wakaba", "朝日野 asahino",
    "桜木 sakuragi", "緑川 midorikawa", "瑞穂台 mizuhodai", "白鳥 shiratori", "千歳 chitose",
    "鶴見 tsurumi", "明和 meiwa", "共栄 kyoei", "協和台 kyowadai", "丸福 marufuku",
    "丸八 maruhachi", "山吹 yamabuki", "若松 wakamatsu", "清流 seiryu", "天竜 tenryu",
    "飛鳥 asuka", "武蔵 musashi", "相模 sagami", "駿河 suruga", "尾張 owari", "摂津 settsu",
    "播磨 harima", "安芸 aki", "肥後 higo", "薩摩 satsuma", "蝦夷 ezo", "越後 echigo",
    "信濃 shinano", "甲斐 kai", "常陸 hitachino", "下総 shimousa", "上野原 uenohara",
    "筑後 chikugo", "伊予 iyo", "土佐 tosa", "阿波 awa", "讃岐 sanuki", "出雲 izumo",
    "石見 iwami", "備前 bizen", "美作 mimasaka", "但馬 tajima", "丹後 tango", "若狭 wakasa",
    "近江 omi", "伊勢 ise", "志摩 shima", "紀州 kishu", "ひかり hikari", "みらい mirai",
    "あけぼの akebono", "ひなた hinata", "すばる台 subarudai", "さくら sakura", "あおぞら aozora",
    "つばさ tsubasa", "のぞみ nozomi", "いろは iroha",
)  # fmt: skip
MIDDLES = (
    " ", "中央 chuo", "第一 daiichi", "総合 sogo", "国際 kokusai", "新 shin", "東日本 higashi",
    "関西 kansai", "九州 kyushu", "北海 hokkai", "共同 kyodo", "産業 sangyo", "先端 sentan",
    "未来 future", "大 dai", "城南 jonan", "城北 johoku", "港 minato", "山手 yamate",
    "臨海 rinkai", "湾岸 wangan", "本郷 hongo", "駅前 ekimae", "平和 heiwa", "栄 sakae",
    "旭 asahi", "昭和 showa", "三 san", "五 go", "八 hachi", "グローバル global", "ネオ neo",
    "アドバンス advance", "クロス cross", "ユニオン union", "フロンティア frontier",
    "オーシャン ocean", "ライン line", "リンク link", "ブリッジ bridge", "スター star",
)  # fmt: skip
# Industry words as people type them, and company suffixes that go with them.
INDUSTRIES = (
    ("製造業", "Manufacturing", ("製作所 seisakusho", "工業 kogyo", "電機 denki", "精密 seimitsu")),
    ("情報通信業", "Information Technology",
     ("システム system", "ソフト soft", "情報サービス infoservice", "テクノロジー technology")),
    ("卸売業・小売業", "Retail", ("商事 shoji", "商店 shoten", "流通 ryutsu")),
    ("金融業、保険業", "Finance", ("信用金庫 shinkin", "キャピタル capital", "保険 hoken")),
    ("建設業", "Construction", ("建設 kensetsu", "設備 setsubi", "工務店 komuten")),
    ("運輸業、郵便業", "Transportation", ("物流 butsuryu", "運輸 unyu", "倉庫 soko")),
    ("医療、福祉", "Healthcare", ("メディカル medical", "ケアサービス care", "薬品 yakuhin")),
    ("サービス業", "Services", ("サービス service", "コンサルティング consulting", "企画 kikaku")),
    ("不動産業", "Real Estate", ("不動産 fudosan", "地所 jisho")),
    ("教育、学習支援業", "Education", ("教育社 kyoikusha", "学習センター learning")),
    ("宿泊業、飲食サービス業", "Hospitality", ("フーズ foods", "ホテルズ hotels")),
    ("電気・ガス・水道業", "Utilities", ("エネルギー energy", "ガス gas")),
)  # fmt: skip

OWN_NAME, OWN_DOMAIN = "株式会社くもはし", "kumohashi.example"
COMPETITORS = (
    ("株式会社オリカゼ", "orikaze.example", True),
    ("ワークリヴァ株式会社", "workriva.example", True),
    ("株式会社帳合テック", "choai-tech.example", True),
    ("Flowneer Co., Ltd.", "flowneer.example", True),
    ("株式会社ナガレ", "nagare-app.example", False),
    ("稟議クラウド株式会社", "ringi-cloud.example", False),
)
UNIVERSITIES = (
    ("青葉山大学", "aobayama-u.ac.example"), ("東都経済大学", "toto-keizai.ac.example"),
    ("北斗工科大学", "hokuto-tech.ac.example"), ("南海国際大学", "nankai-intl.ac.example"),
)  # fmt: skip
WORK_DEPARTMENTS = (
    "情報システム部", "総務部", "経理部", "人事部", "営業部", "経営企画部", "購買部", "製造部",
    "管理本部", "DX推進室",
)  # fmt: skip
FREE_MAIL = ("gmail.com", "yahoo.co.jp", "outlook.com", "icloud.com", "docomo.ne.jp")
SHARED_MAILBOXES = ("info", "contact", "sales", "office", "soumu")


def pair(entry: str) -> tuple[str, str]:
    """Split a word and its Latin spelling."""
    japanese, _, latin = entry.partition(" ")
    return japanese, latin
