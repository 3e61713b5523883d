import Dataflow
import Testing

/// Published dataflow graphs with the exact period of their self-timed execution.
///
/// Sources: the graphs of the SDF3, Kiter, DARTS and Mocasin tools; a name with a number is the
/// graph with bounded channels, whose capacities have that sum.
struct OracleGraph: CustomTestStringConvertible, Sendable {
  let name: String
  /// Actors as `name:time,time`.
  let actors: String
  /// Channels as `source>destination production/consumption [initial tokens]`.
  let channels: String
  /// The actors with a self-edge of one token.
  let sequential: String
  /// The ticks per iteration where actors without a self-edge may overlap themselves.
  let period: Int64

  var testDescription: String { name }

  /// The graph, with self-edges of one token where they are listed.
  func graph() throws -> CSDFGraph {
    let selfEdges = sequential.split(separator: " ").map { "; \($0)>\($0) 1/1 [1]" }
    return try CSDFGraph(name, actors, channels + selfEdges.joined())
  }

  static let all = [
    OracleGraph(
      name: "sample",
      actors: "A:3,1 B:2,1,2 C:1",
      channels: """
        A>B 3,5/1,1,4; B>C 6,2,1/6; C>A 2/1,3 [4]; A>A 1,1/1,1 [1]; B>B 3*1/3*1 [1]
        """,
      sequential: "C",
      period: 23),
    OracleGraph(
      name: "csdf_simple_example",
      actors: "a:1,3 b:2,2 c:2,3",
      channels: """
        a>b 3,1/4,2; b>c 2,4/6,6; a>a 1,1/1,1 [1]; b>b 1,1/1,1 [1]; c>c 1,1/1,1 [1]
        """,
      sequential: "",
      period: 12),
    OracleGraph(
      name: "samplerate",
      actors: "a:5 b:2 c:3 d:1 e:4 f:6",
      channels: "a>b 1/1; b>c 2/3; c>d 2/7; d>e 8/7; e>f 5/1",
      sequential: "a b c d e f",
      period: 960),
    OracleGraph(
      name: "modem",
      actors: """
        fork1:1 biq:1 bi:1 add:1 ac:1 fork2:1 conj:1 mul1:1 in:1 filt:1 hil:1 eq:1 mul2:1 deci:1 \
        deco:1 out:1
        """,
      channels: """
        fork1>biq 1/1; fork1>bi 1/1; biq>add 1/1; bi>add 1/1; add>ac 1/1; ac>fork2 2/1; fork2>conj \
        1/2; fork2>mul1 1/2; conj>mul2 2/2; mul1>deci 2/2; mul2>eq 2/2 [2]; in>filt 1/1; filt>hil \
        1/8; hil>eq 2/4; eq>mul1 2/2; deci>mul2 2/2; deci>deco 2/2; deco>out 1/1; deci>fork1 1/1 [1]
        """,
      sequential: "fork1 biq bi add ac fork2 conj mul1 in filt hil eq mul2 deci deco out",
      period: 16),
    OracleGraph(
      name: "satellite",
      actors: """
        a:1 b:1 c:1 d:1 e:1 f:1 g:1 h:1 i:1 j:1 k:1 l:1 m:1 n:1 p:1 q:1 r:1 s:1 t:1 u:1 v:1 w:1
        """,
      channels: """
        a>b 1/4; b>c 1/11; c>g 1/1; c>p 10/1; d>e 1/4; e>f 1/11; f>k 1/1; f>p 10/1; g>h 1/1; h>i \
        11/11; i>j 10/1; k>l 1/1; l>m 11/11; m>n 10/1; p>q 1/240; p>r 1/240; q>w 240/1; r>w 240/1; \
        n>p 1/1; n>s 1/1; s>u 1/1; j>p 1/1; j>t 1/1; t>u 1/1; u>v 1/240; v>w 240/1
        """,
      sequential: "a b c d e f g h i j k l m n p q r s t u v w",
      period: 1056),
    OracleGraph(
      name: "h263decoder",
      actors: "vld:13009 iq:559 idct:486 mc:5479",
      channels: "vld>iq 594/1; iq>idct 1/1; idct>mc 1/594",
      sequential: "vld iq mc",
      period: 332046),
    OracleGraph(
      name: "h263encoder",
      actors: """
        motion_estimation:191074 mb_encoding:8409 vlc:13009 mb_decoding:6264 \
        motion_compensation:5678
        """,
      channels: """
        motion_compensation>motion_estimation 1/1 [1]; motion_estimation>mb_encoding 99/1; \
        mb_encoding>vlc 1/99; mb_encoding>mb_decoding 1/1; mb_decoding>motion_compensation 1/99
        """,
      sequential: "vlc motion_compensation",
      period: 211425),
    OracleGraph(
      name: "samplerate_34",
      actors: "a:5 b:2 c:3 d:1 e:4 f:6",
      channels: """
        a>b 1/1; b>c 2/3; c>d 2/7; d>e 8/7; e>f 5/1; b>a 1/1 [2]; c>b 3/2 [4]; d>c 7/2 [8]; e>d 7/8 \
        [14]; f>e 1/5 [6]
        """,
      sequential: "a b c d e f",
      period: 960),
    OracleGraph(
      name: "modem_40",
      actors: """
        fork1:1 biq:1 bi:1 add:1 ac:1 fork2:1 conj:1 mul1:1 in:1 filt:1 hil:1 eq:1 mul2:1 deci:1 \
        deco:1 out:1
        """,
      channels: """
        fork1>biq 1/1; fork1>bi 1/1; biq>add 1/1; bi>add 1/1; add>ac 1/1; ac>fork2 2/1; fork2>conj \
        1/2; fork2>mul1 1/2; conj>mul2 2/2; mul1>deci 2/2; mul2>eq 2/2 [2]; in>filt 1/1; filt>hil \
        1/8; hil>eq 2/4; eq>mul1 2/2; deci>mul2 2/2; deci>deco 2/2; deco>out 1/1; deci>fork1 1/1 \
        [1]; biq>fork1 1/1 [1]; bi>fork1 1/1 [1]; add>biq 1/1 [1]; add>bi 1/1 [1]; ac>add 1/1 [1]; \
        fork2>ac 1/2 [2]; conj>fork2 2/1 [2]; mul1>fork2 2/1 [2]; mul2>conj 2/2 [2]; deci>mul1 2/2 \
        [2]; eq>mul2 2/2; filt>in 1/1 [2]; hil>filt 8/1 [9]; eq>hil 4/2 [4]; mul1>eq 2/2 [2]; \
        mul2>deci 2/2 [2]; deco>deci 2/2 [2]; out>deco 1/1 [1]; fork1>deci 1/1
        """,
      sequential: "fork1 biq bi add ac fork2 conj mul1 in filt hil eq mul2 deci deco out",
      period: 16),
    OracleGraph(
      name: "satellite_1544",
      actors: """
        a:1 b:1 c:1 d:1 e:1 f:1 g:1 h:1 i:1 j:1 k:1 l:1 m:1 n:1 p:1 q:1 r:1 s:1 t:1 u:1 v:1 w:1
        """,
      channels: """
        a>b 1/4; b>c 1/11; c>g 1/1; c>p 10/1; d>e 1/4; e>f 1/11; f>k 1/1; f>p 10/1; g>h 1/1; h>i \
        11/11; i>j 10/1; k>l 1/1; l>m 11/11; m>n 10/1; p>q 1/240; p>r 1/240; q>w 240/1; r>w 240/1; \
        n>p 1/1; n>s 1/1; s>u 1/1; j>p 1/1; j>t 1/1; t>u 1/1; u>v 1/240; v>w 240/1; b>a 4/1 [5]; c>b \
        11/1 [11]; g>c 1/1 [1]; p>c 1/10 [10]; e>d 4/1 [5]; f>e 11/1 [11]; k>f 1/1 [1]; p>f 1/10 \
        [10]; h>g 1/1 [1]; i>h 11/11 [11]; j>i 1/10 [10]; l>k 1/1 [1]; m>l 11/11 [11]; n>m 1/10 \
        [10]; q>p 240/1 [240]; r>p 240/1 [240]; w>q 1/240 [240]; w>r 1/240 [240]; p>n 1/1 [1]; s>n \
        1/1 [1]; u>s 1/1 [1]; p>j 1/1 [1]; t>j 1/1 [1]; u>t 1/1 [1]; v>u 240/1 [240]; w>v 1/240 \
        [240]
        """,
      sequential: "a b c d e f g h i j k l m n p q r s t u v w",
      period: 1056),
    OracleGraph(
      name: "h263decoder_1224",
      actors: "vld:13009 iq:559 idct:486 mc:5479",
      channels: """
        vld>iq 594/1; iq>idct 1/1; idct>mc 1/594; iq>vld 1/594 [618]; idct>iq 1/1 [2]; mc>idct 594/1 \
        [604]
        """,
      sequential: "vld iq mc",
      period: 332046),
    OracleGraph(
      name: "h263encoder_397",
      actors: """
        motion_estimation:191074 mb_encoding:8409 vlc:13009 mb_decoding:6264 \
        motion_compensation:5678
        """,
      channels: """
        motion_compensation>motion_estimation 1/1 [1]; motion_estimation>mb_encoding 99/1; \
        mb_encoding>vlc 1/99; mb_encoding>mb_decoding 1/1; mb_decoding>motion_compensation 1/99; \
        motion_estimation>motion_compensation 1/1; mb_encoding>motion_estimation 1/99 [99]; \
        vlc>mb_encoding 99/1 [99]; mb_decoding>mb_encoding 1/1 [99]; motion_compensation>mb_decoding \
        99/1 [99]
        """,
      sequential: "vlc motion_compensation",
      period: 211425),
    OracleGraph(
      name: "csdf_simple_example_11",
      actors: "a:1,3 b:2,2 c:2,3",
      channels: """
        a>b 3,1/4,2; b>c 2,4/6,6; b>a 4,2/3,1 [5]; c>b 6,6/2,4 [6]; a>a 1,1/1,1 [1]; b>b 1,1/1,1 \
        [1]; c>c 1,1/1,1 [1]
        """,
      sequential: "",
      period: 17),
    OracleGraph(
      name: "pacemaker",
      actors: "ME_0:4 RA_1:3 PL_2:64*5 EKG_3:2",
      channels: """
        ME_0>RA_1 1/40; RA_1>PL_2 1/63*0,1; EKG_3>PL_2 1/64*1; PL_2>PL_2 64*1/64*1 [1]
        """,
      sequential: "ME_0 RA_1 EKG_3",
      period: 320),
    OracleGraph(
      name: "medium_cyclic",
      actors: """
        a0:30 a1:31 a2:78 a3:85 a4:58 a5:84 a6:57 a7:28 a8:88 a9:99 a10:31 a11:46 a12:27 a13:76 \
        a14:60
        """,
      channels: """
        a0>a1 1/1 [1]; a1>a2 1/1 [2]; a3>a2 1/1; a3>a4 1/1; a4>a5 1/1 [1]; a5>a6 1/1; a7>a2 1/1 [1]; \
        a8>a7 1/1; a9>a5 1/2 [2]; a10>a8 1/1; a11>a5 1/1; a12>a0 1/1; a13>a6 1/5; a14>a2 1/1 [1]; \
        a4>a10 1/1 [1]; a10>a9 2/1; a8>a14 1/1; a8>a6 1/1; a7>a14 1/1; a7>a0 1/1; a13>a6 1/5; a5>a9 \
        2/1; a7>a14 1/1; a5>a3 1/1; a4>a12 1/1; a9>a13 5/2; a7>a1 1/1; a6>a9 2/1 [2]; a13>a0 1/5; \
        a0>a11 1/1 [2]; a9>a6 1/2; a6>a13 5/1 [5]; a8>a11 1/1 [1]; a2>a14 1/1; a4>a9 2/1 [2]; \
        a14>a11 1/1 [1]; a6>a9 2/1 [2]; a6>a10 1/1 [1]; a10>a11 1/1
        """,
      sequential: "a8 a10",
      period: 393),
  ]
}
