/// The headers that Exportify writes where its page is in another language than English: German, French,
/// Spanish, Italian, Dutch, Portuguese, Swedish, Turkish, Japanese. Spelled as ``ColumnAliases`` compares.
enum TranslatedColumns {
  static let names: [(column: CatalogueColumn, names: [String])] = [
    (
      .id,
      [
        "uridutitre", "uridelacanción", "uridellatraccia", "nummeruri", "uridafaixa", "låtensuri",
        "parçauri", "トラックuri",
      ]
    ),
    (
      .name,
      [
        "nomdutitre", "nombredelacanción", "nomedellatraccia", "nummernaam", "nomedafaixa",
        "låtensnamn", "parçaadı", "トラック名",
      ]
    ),
    (
      .artist,
      [
        "künstlernamen", "nomsdelartiste", "nombresdelartista", "nomedellartista",
        "naamvanartiest", "nomesdoartista", "artistensnamn", "sanatçıadı", "アーティスト名",
      ]
    ),
    (
      .album,
      [
        "nomdelalbum", "nombredelálbum", "nomedellalbum", "naamvanalbum", "nomedoálbum",
        "albumetsnamn", "albümadı", "アルバム名",
      ]
    ),
    (
      .releaseDate,
      [
        "veröffentlichungsdatumdesalbums", "datedesortiedelalbum", "fechadelanzamientodelálbum",
        "datadirilasciodellalbum", "releasedatumvanhetalbum", "datadelançamentodoálbum",
        "albumetsreleasedatum", "albümçıkıştarihi", "アルバム発売日",
      ]
    ),
    (
      .duration,
      [
        "trackdauerms", "duréedutitrems", "duracióndelacanciónms", "duratadellatracciams",
        "nummerduurms", "duraçãodafaixams", "låtlängdms", "parçasüresims",
        "トラックの長さミリ秒",
      ]
    ),
    (
      .popularity,
      [
        "beliebtheit", "popularité", "popularidad", "popolarità", "populariteit", "popularidade",
        "popularitet", "popülerlik", "人気度",
      ]
    ),
    (
      .explicit,
      [
        "explizit", "explicite", "explícito", "esplicito", "expliciet", "explícita", "açıkiçerik",
        "明示的な内容",
      ]
    ),
    (
      .genre,
      [
        "künstlergenres", "genresdelartiste", "génerosdelartista", "generidellartista",
        "genresvandeartiest", "gênerosdoartista", "artistensgenrer", "sanatçıtürleri",
        "アーティストジャンル",
      ]
    ),
    (
      .danceability,
      [
        "tanzbarkeit", "danseabilité", "bailabilidad", "ballabilità", "dansbaarheid",
        "dançabilidade", "dansbarhet", "dansedilebilirlik", "ダンサビリティ",
      ]
    ),
    (.energy, ["energie", "énergie", "energía", "energia", "energi", "enerji", "エネルギー"]),
    (
      .loudness,
      [
        "lautstärke", "volumesonore", "volumen", "volume", "luidheid", "ljudstyrka", "sesseviyesi",
        "ラウドネス",
      ]
    ),
    (
      .speechiness,
      [
        "sprachanteil", "parlabilité", "hablado", "linguaggioparlato", "spraakzaamheid",
        "oralidade", "talighet", "konuşmaoranı", "スピーチ性",
      ]
    ),
    (
      .acousticness,
      [
        "akustik", "acoustique", "acústica", "acustica", "akoestiek", "akustiklik",
        "アコースティック性",
      ]
    ),
    (
      .instrumentalness,
      [
        "instrumentalität", "instrumental", "instrumentalidad", "strumentalità",
        "instrumentaliteit", "instrumentalidade", "instrumentalhet", "enstrümantalite",
        "インストゥルメンタル性",
      ]
    ),
    (
      .liveness,
      [
        "lebendigkeit", "vivacité", "vivacidad", "vivacità", "levendigheid", "vivacidade",
        "livlighet", "canlılık", "ライブ感",
      ]
    ),
    (
      .valence,
      ["valenz", "valencia", "valenza", "valentie", "valência", "valens", "duygusallık", "感情値"]
    ),
    (.tempo, ["テンポ"]),
  ]
}
