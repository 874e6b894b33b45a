"""The configuration of the nginx that stands before the rooms' browsers."""

from typing import Literal

By = Literal["certificate", "password"]

POLICY = (
    *("default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "font-src 'self'"),
    *("img-src 'self' data:", "connect-src 'self' {wss}"),
    *("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"),
)
"""What the page may load: its own files and its own line. The terminal in it makes its styles as it goes."""

CONFIG = """\
# The rooms' own nginx, in the account of mmt. Written by `mmt station browser`.
# Start: /usr/sbin/nginx -c {folder}/nginx.conf
{user}daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log warn;
worker_processes 1;
worker_rlimit_nofile 8192;
events {{
    worker_connections 4096;
}}

http {{
    default_type application/octet-stream;
    server_tokens off;
    uninitialized_variable_warn off;
    sendfile on;
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-unused;
    uwsgi_temp_path {folder}/nginx-unused;
    scgi_temp_path {folder}/nginx-unused;

    # who asked for what and got it; nothing of what is typed passes here
    log_format rooms '$time_iso8601 $remote_addr "$station" "$request_method $uri" $status';
    access_log {folder}/nginx-access.log rooms;

    # of one computer, so many requests a second and so many lines at once; of one station two pages
    limit_req_zone $binary_remote_addr zone=asks:1m rate=10r/s;
    limit_req_status 429;
    limit_conn_zone $binary_remote_addr zone=lines:1m;
    limit_conn_zone $station zone=pages:1m;
    limit_conn_status 429;

    # slow or large requests
    client_max_body_size 1k;
    client_body_buffer_size 1k;
    client_header_buffer_size 2k;
    large_client_header_buffers 4 4k;
    client_header_timeout 10s;
    client_body_timeout 10s;
    send_timeout 30s;
    keepalive_timeout 30s;

    # a page of another site may not open a line, and what names no site is no page
    map $http_origin $foreign {{
        default 1;
        "{url}" 0;
    }}

    map $station $known {{
        default 0;
{known}
    }}

    map $ssl_client_s_dn $named {{
        default "";
        "~^CN=(?<cn>[^,+]+)$" $cn;
    }}

    ssl_certificate {folder}/host.crt;
    ssl_certificate_key {folder}/host.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:tls:1m;
    ssl_session_tickets off;

    # another name than that of this computer
    server {{
        listen {listen}:{port} ssl default_server;
        set $station "";
        return 421;
    }}

    server {{
        listen {listen}:{port} ssl;
        server_name {host};
{here}
        limit_req zone=asks burst=40 nodelay;
        limit_conn lines 40;

        add_header Content-Security-Policy "{policy}" always;
        add_header Strict-Transport-Security "max-age=31536000" always;
        add_header X-Content-Type-Options nosniff always;
        add_header Referrer-Policy no-referrer always;
        add_header Cross-Origin-Resource-Policy same-origin always;
        add_header Cache-Control no-store always;

        # a place with one such line of its own takes over none of these: there they stand again
        proxy_http_version 1.1;
        proxy_set_header Host $host;
        proxy_set_header X-Mmt-Station $station;

        location / {{
            try_files /nothing =404;
        }}
        location = / {{
            if ($known = 0) {{
                return 403;
            }}
            limit_except GET {{
                deny all;
            }}
            proxy_pass http://unix:{folder}/mmt.sock:/;
        }}
        location ~ "^/(?:static/(?:css|js|fonts)|own)/[A-Za-z0-9_-]+\\.(?:css|js|ttf)$" {{
            if ($known = 0) {{
                return 403;
            }}
            limit_except GET {{
                deny all;
            }}
            proxy_pass http://unix:{folder}/mmt.sock;
        }}
        location = /ws {{
            if ($known = 0) {{
                return 403;
            }}
            if ($foreign) {{
                return 403;
            }}
            limit_except GET {{
                deny all;
            }}
            limit_conn pages 2;
            proxy_set_header Host $host;
            proxy_set_header X-Mmt-Station $station;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection upgrade;
            proxy_read_timeout 60s;
            proxy_send_timeout 60s;
            proxy_pass http://unix:{folder}/mmt.sock;
        }}
    }}
}}
"""

HERE: dict[By, str] = {
    "certificate": """\
        ssl_client_certificate {folder}/authority.crt;
        ssl_verify_client on;
        set $station $named;
""",
    "password": """\
        auth_basic "mmt";
        auth_basic_user_file {folder}/passwords;
        set $station $remote_user;
""",
}
"""How a station is known. One without a name is asked for its password."""
