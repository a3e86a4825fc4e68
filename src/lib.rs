//! gongbao
