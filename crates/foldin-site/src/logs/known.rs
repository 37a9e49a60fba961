//! The formats of servers, in the syntax of nginx.

use super::line_format::LineFormat;

/// The known formats, the most specific first.
pub(super) fn known() -> Vec<LineFormat> {
    let agent = r#""$http_referer" "$http_user_agent""#;
    let request = r#"[$time_local] "$request" $status $bytes"#;
    let formats = [
        // Apache's vhost_combined and nginx behind it.
        format!("$host:$server_port $remote_addr $ident $remote_user {request} {agent}"),
        // lighttpd names the host where others have the identity, which is `-` for everybody else.
        format!("$remote_addr $host $remote_user {request} {agent}"),
        format!("$host $remote_addr $ident $remote_user {request} {agent}"),
        // S3.
        "$owner $bucket [$time_local] $remote_addr $requester $request_id $operation $key \"$request\" $status \
         $error $bytes $size $total $turnaround \"$http_referer\" \"$http_user_agent\""
            .to_owned(),
    ];
    let short = [
        format!("$host:$server_port $remote_addr $ident $remote_user {request}"),
        format!("$remote_addr $ident $remote_user {request}"),
    ];
    let parse = |format: &String| format.parse::<LineFormat>().expect("the format is fixed");
    let whole = |format: &String| parse(format).whole_line();
    formats.iter().map(parse).chain(short.iter().map(whole)).collect()
}
