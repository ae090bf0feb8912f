//! A module of three functions, written by hand.

use super::pack;

const HEAD: &[u8] = b"\0asm\x01\0\0\0";
/// `(func)` and `(func (param i32) (result i32))`.
const TYPES: &[u8] = &[1, 9, 2, 0x60, 0, 0, 0x60, 1, 0x7f, 1, 0x7f];
/// Two locals of which the second is used: `local.get 0, local.set 2, local.get 2`.
const SECOND: &[u8] = &[10, 1, 2, 0x7f, 0x20, 0, 0x21, 2, 0x20, 2, 0x0b];
/// The same with the first.
const FIRST: &[u8] = &[10, 1, 2, 0x7f, 0x20, 0, 0x21, 1, 0x20, 1, 0x0b];

/// As wasm-bindgen writes it.
const JS: &str = r#"function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_look_03: function(arg0) {
            const ret = look(arg0);
            return ret;
        },
        __wbg_say_01: function(arg0) {
            // Says it.
            say(arg0);
        },
        __wbg_say_02: function(arg0) {
            // Says it, too.
            say(arg0);
        },
    };
    return {
        __proto__: null,
        "./a.js": import0,
    };
}
function stop() {
    wasm.f();
}

let wasmModule, wasmInstance, wasm;
export { initSync, __wbg_init as default };
"#;

/// The same, of what says it.
const PACKED: &str = "function __wbg_get_imports(){
const import0=[
function(arg0){
say(arg0);
},
];
return {
__proto__: null,
m: import0,
};
}
function stop(){
wasm.f();
}
";

/// How it starts.
const STARTED: &str = "export default async({module_or_path})=>{
wasm=(await WebAssembly.instantiateStreaming(fetch(module_or_path),__wbg_get_imports())).instance.exports;
wasm.__wbindgen_start();
}
";

fn import(name: &[u8]) -> Vec<u8> {
    let length = name.len() as u8;
    [&[2, length + 11, 1, 6], &b"./a.js"[..], &[length], name, &[0, 0]].concat()
}

/// What it becomes.
const PACKED_IMPORT: &[u8] = &[2, 7, 1, 1, b'm', 1, b'0', 0, 0];

/// Calls a function.
fn calls(function: u8) -> [u8; 5] {
    [4, 0, 0x10, function, 0x0b]
}

fn code(bodies: [&[u8]; 3]) -> Vec<u8> {
    let all = bodies.concat();
    [&[10, all.len() as u8 + 1, 3], &all[..]].concat()
}

#[test]
fn functions_stand_beside_their_like_and_are_called_by_their_new_numbers() {
    let (export, table) = ([7, 5, 1, 1, b'f', 0, 1], [9, 7, 1, 0, 0x41, 0, 0x0b, 1, 1]);
    let wasm = [
        HEAD,
        TYPES,
        &import(b"__wbg_say_01"),
        &[3, 4, 3, 1, 0, 0],
        &export,
        &table,
        &code([SECOND, &calls(1), &calls(0)]),
        &[0, 5, 4, b'n', b'o', b't', b'e'],
    ];
    let (packed, js) = pack(&wasm.concat(), JS).unwrap();
    // The function with a parameter was number 1 and is the last.
    let (export, table) = ([7, 5, 1, 1, b'f', 0, 3], [9, 7, 1, 0, 0x41, 0, 0x0b, 1, 3]);
    let expected = [
        HEAD,
        TYPES,
        PACKED_IMPORT,
        &[3, 4, 3, 0, 0, 1],
        &export,
        &table,
        &code([&calls(3), &calls(0), FIRST]),
    ];
    assert_eq!(packed, expected.concat());
    let (list, start) = js.split_once("let wasm;\n").unwrap();
    assert_eq!(list, PACKED);
    assert_eq!(start, STARTED);
}

#[test]
fn imports_that_are_alike_stand_together_and_the_same_is_there_once() {
    let import = |name: &[u8], kind: u8| {
        let length = name.len() as u8;
        [&[6], &b"./a.js"[..], &[length], name, &[0, kind]].concat()
    };
    // What is taken as another kind is another function to the wasm.
    let all = [
        import(b"__wbg_say_02", 1),
        import(b"__wbg_look_03", 0),
        import(b"__wbg_say_01", 1),
        import(b"__wbg_say_01", 0),
    ];
    let imports = [&[2, all.concat().len() as u8 + 1, 4], &all.concat()[..]].concat();
    // The third says what the first says.
    let code = code([&calls(0), &calls(1), &calls(2)]);
    // Nobody takes `f`, which another name begins with, and `g`.
    let exports = [7, 14, 3, 1, b'g', 0, 4, 1, b'f', 0, 4, 2, b'f', b'2', 0, 5];
    let wasm = [HEAD, TYPES, &imports, &[3, 4, 3, 0, 0, 0], &exports, &code];
    let (packed, js) = pack(&wasm.concat(), &JS.replace("wasm.f()", "wasm.f2()")).unwrap();
    let import = |at: u8, kind| [1, b'm', 1, b'0' + at, 0, kind];
    let all = [import(0, 0), import(1, 0), import(2, 1)].concat();
    let imports = [&[2, all.len() as u8 + 1, 3], &all[..]].concat();
    let all = [calls(2), calls(0)].concat();
    let code = [&[10, all.len() as u8 + 1, 2], &all[..]].concat();
    let export = [7, 6, 1, 2, b'f', b'2', 0, 4];
    let expected = [HEAD, TYPES, &imports, &[3, 3, 2, 0, 0], &export, &code];
    assert_eq!(packed, expected.concat());
    let say = "function(arg0){\nsay(arg0);\n},\n";
    let list = ["[\nfunction(arg0){\nreturn look(arg0);\n},\n", say, say, "];"].concat();
    assert!(js.contains(&list), "{js}");
}

#[test]
fn what_is_not_understood_stops_the_build() {
    let wasm = |body: &[u8]| {
        let code = code([body, &calls(0), &calls(0)]);
        [HEAD, TYPES, &import(b"__wbg_say_01"), &[3, 4, 3, 0, 0, 0], &code].concat()
    };
    let wrong = |wasm: &[u8], js: &str| pack(wasm, js).unwrap_err();
    assert!(wrong(&wasm(&[3, 0, 0xfb, 0x0b]), JS).contains("unknown instruction, 0xfb"));
    assert!(wrong(&wasm(&[3, 0, 0x41, 0x80]), JS).contains("ends too early"));
    assert!(wrong(&wasm(&calls(0)), "").contains("no \"    const import0"));
    let other = JS.replace("say_01", "say_04");
    assert!(wrong(&wasm(&calls(0)), &other).contains("no \"__wbg_say_01\""));
    assert!(wrong(&wasm(&calls(0)), &JS.replace("./a.js", "./b.js")).contains("./a.js"));
    assert!(wrong(&wasm(&calls(0)), &JS.replace("let wasmModule", "let it")).contains("no \"let wasmModule"));
    assert!(wrong(b"<!doctype html>", JS).contains("no wasm module"));
}

#[test]
fn functions_of_the_same_words_are_one_and_so_are_those_that_call_them() {
    // 1 and 2 call the import; 3 calls 1, 4 calls 2, and 5, which is exported, calls 4.
    let all = [calls(0), calls(0), calls(1), calls(2), calls(4)].concat();
    let code = [&[10, all.len() as u8 + 1, 5], &all[..]].concat();
    let export = |number| [7, 5, 1, 1, b'f', 0, number];
    let wasm = [
        HEAD,
        TYPES,
        &import(b"__wbg_say_01"),
        &[3, 6, 5, 0, 0, 0, 0, 0],
        &export(5),
        &code,
    ];
    let (packed, _) = pack(&wasm.concat(), JS).unwrap();
    let all = [calls(0), calls(1), calls(2)].concat();
    let code = [&[10, all.len() as u8 + 1, 3], &all[..]].concat();
    let expected = [HEAD, TYPES, PACKED_IMPORT, &[3, 4, 3, 0, 0, 0], &export(3), &code];
    assert_eq!(packed, expected.concat());
}
