/// The look of a report: a column of text for reading, wider room for tables and figures.
enum PageStyle {
  static let rules =
    ":root{color-scheme:light dark;" + Ink.declarations(\.light) + "}\n"
    + "@media (prefers-color-scheme:dark){:root{" + Ink.declarations(\.dark) + "}}\n" + page

  private static let page = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 \(FigureStyle.fonts)}
    main{max-width:76rem;margin:0 auto;padding:clamp(1.5rem,5vw,4.5rem) clamp(1rem,4vw,3rem)}
    section p,section ul,section pre,section h3{max-width:46rem}
    h1,h2,h3{line-height:1.2;text-wrap:balance;overflow-wrap:anywhere}
    h1{font-size:clamp(1.9rem,5vw,2.7rem);font-weight:700;letter-spacing:-.02em;margin:0}
    h2{font-size:1.45rem;font-weight:650;letter-spacing:-.01em;margin:3.2rem 0 .9rem;
    padding-top:1rem;border-top:1px solid var(--rule)}
    h3{font-size:1.1rem;font-weight:650;margin:1.8rem 0 .4rem}
    p,ul,ol{margin:0 0 1rem;overflow-wrap:anywhere}
    ul{padding-left:1.3rem}
    .subtitle{font-size:1.15rem;color:var(--muted);margin:.6rem 0 0;max-width:46rem}
    a{color:var(--accent);text-underline-offset:.2em;text-decoration-thickness:1px}
    nav{margin-top:2rem;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);
    padding:.7rem 0}
    nav ol{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin:0;padding:0;list-style:none;
    font-size:.95rem}
    nav a{text-decoration:none}
    nav a:hover{text-decoration:underline}
    nav+section h2{border-top:0;margin-top:1.8rem}
    .scroll{overflow-x:auto;max-width:100%;margin:1.2rem 0}
    :focus-visible{outline:2px solid var(--accent);outline-offset:3px}
    table{border-collapse:collapse;font-size:.92rem;line-height:1.4;
    font-variant-numeric:tabular-nums lining-nums}
    caption{text-align:left;color:var(--muted);font-size:.88rem;padding-bottom:.6rem}
    caption span{display:inline-block;position:sticky;left:0;
    max-width:min(46rem,calc(100vw - 2rem))}
    th,td{padding:.42rem 1.4rem .42rem 0;text-align:left;vertical-align:baseline;
    border-bottom:1px solid var(--rule)}
    th+th,th+td,td+td{padding-left:.4rem}
    td:last-child,th:last-child{padding-right:.2rem}
    thead th{color:var(--muted);font-weight:600;border-bottom:2px solid var(--faint);
    vertical-align:bottom}
    tbody th{font-weight:500}
    td:not(.number),tbody th:not(.number){max-width:34rem;overflow-wrap:break-word}
    .number{text-align:right;white-space:nowrap}
    figure{margin:1.6rem 0 2rem}
    figure .scroll{margin:0;border:1px solid var(--rule);border-radius:8px;padding:14px;
    overflow:auto}
    @media (min-width:48rem){figure .scroll{max-height:min(90vh,1100px)}}
    figure svg{display:block;height:auto}
    .sheet{position:relative}
    .middle{position:absolute;top:0;left:50%;width:min(86vw,66rem);height:1px;visibility:hidden;
    transform:translateX(-50%);max-width:100%;scroll-initial-target:nearest}
    figcaption{color:var(--muted);font-size:.9rem;line-height:1.45;margin-top:.6rem;max-width:46rem}
    dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,8.6rem),1fr));
    gap:1.1rem 1.6rem;margin:1.2rem 0 1.6rem}
    dt{color:var(--muted);font-size:.85rem;line-height:1.3}
    dd{margin:.15rem 0 0;font-size:1.12rem;font-weight:600;line-height:1.3;overflow-wrap:anywhere;
    font-variant-numeric:tabular-nums lining-nums}
    .note,.warning{border-left:4px solid var(--accent);background:var(--surface);
    padding:.75rem 1rem;border-radius:0 6px 6px 0;margin:1.2rem 0}
    .warning{border-left-color:var(--emphasis)}
    .warning strong{color:var(--emphasis)}
    pre{overflow-x:auto;background:var(--surface);border-radius:6px;padding:.9rem 1rem;
    margin:1.2rem 0;font:.84rem/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
    footer{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--rule);color:var(--muted);
    font-size:.88rem;overflow-wrap:anywhere}
    .tall{max-height:34rem;overflow:auto;border-bottom:1px solid var(--rule)}
    .tall thead th{position:sticky;top:0;background:var(--paper)}
    .gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));
    gap:1.2rem;margin:1.2rem 0 1.6rem}
    .gallery figure,.gallery .sheet{margin:0;max-width:none!important}
    .pair{display:grid;grid-template-columns:minmax(0,1fr);gap:0 2rem;align-items:start;margin:1.2rem 0 1.6rem}
    @media (min-width:60rem){.pair{grid-template-columns:minmax(0,1fr) minmax(0,1.15fr)}}
    .pair figure,.pair .scroll{margin-top:0}
    .files{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;list-style:none;padding:0;font-size:.95rem}
    details{border-top:1px solid var(--rule);padding-bottom:.4rem}
    details[open]{padding-bottom:2.4rem}
    section:has(details)+section:has(details){margin:0}
    summary{cursor:pointer;padding:.9rem 0 .9rem 1.5rem;position:relative;list-style:none}
    summary::-webkit-details-marker{display:none}
    summary::before{content:'';position:absolute;left:.2rem;top:1.45rem;width:.5rem;height:.5rem;
    border-right:2px solid var(--faint);border-bottom:2px solid var(--faint);
    transform:rotate(-45deg)}
    details[open] summary::before{transform:rotate(45deg)}
    summary:hover h2{color:var(--accent)}
    summary h2{display:inline;border:0;margin:0 .8rem 0 0;padding:0;font-size:1.2rem}
    .brief{color:var(--muted);font-size:.95rem;font-variant-numeric:tabular-nums lining-nums;
    overflow-wrap:anywhere}
    .anchor{display:block;scroll-margin-top:5rem}
    section .scroll+p{margin-top:1rem}
    .sortable th,.sortable td{white-space:nowrap;overflow:hidden;text-overflow:ellipsis;
    padding-right:.9rem}
    .sortable tr :first-child{position:sticky;left:0;background:var(--paper)}
    .sortable tr:hover :first-child,.sortable tr:has(a.lit) :first-child{background:var(--surface)}
    th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;
    text-align:inherit}
    th button::after{content:'\\2195';opacity:.45;margin-left:.3em}
    th[aria-sort=ascending] button::after{content:'\\2191';opacity:1}
    th[aria-sort=descending] button::after{content:'\\2193';opacity:1}
    th button:hover{color:var(--ink)}
    tbody tr:hover{background:var(--surface)}
    tr:has(a.lit){background:var(--surface)}
    .dim .work{opacity:.22}
    .dim .work.lit{opacity:1}
    .tip{position:fixed;z-index:9;pointer-events:none;white-space:pre-line;max-width:min(24rem,90vw);
    background:var(--ink);color:var(--paper);font-size:.84rem;line-height:1.4;padding:.45rem .65rem;
    border-radius:6px;overflow-wrap:anywhere;font-variant-numeric:tabular-nums lining-nums}
    .ring{position:fixed;z-index:8;pointer-events:none;width:14px;height:14px;margin:-7px 0 0 -7px;
    border:2px solid var(--ink);border-radius:50%}
    [hidden]{display:none}
    @media (prefers-reduced-motion:no-preference){.work{transition:opacity .12s}}
    @media print{body{font-size:10.5pt}figure .scroll,.tall{max-height:none;overflow:visible}
    details::details-content{content-visibility:visible;height:auto}
    figure,table,tr{break-inside:avoid}nav,.tip,.ring{display:none}
    .scroll{overflow:visible}table{font-size:7.5pt}th button::after{content:none!important}
    .sortable th,.sortable td{white-space:normal;padding-right:.4rem}
    .sortable tr :first-child,caption span{position:static}
    :root{color-scheme:light;\(Ink.declarations(\.light))}}

    """
}
