"""What the sheet “Hướng dẫn” says. (what, how, the kind it is about)"""

GUIDE: tuple[tuple[str, str, str], ...] = (
    (
        "Cách dùng",
        "Mỗi câu hỏi một hàng ở trang “Câu hỏi”. Trang “Ví dụ” cho mỗi dạng câu một mẫu. Có thể"
        " xóa, đổi thứ tự hoặc thêm cột; cột lạ được bỏ qua.",
        "",
    ),
    (
        "Trước khi ghi",
        "Khi nhập, hệ thống đọc thử và cho xem từng hàng: câu mới, câu đã có, câu sai và vì "
        "sao. Chưa bấm “Áp dụng” thì chưa có gì được ghi.",
        "",
    ),
    (
        "Chuyên đề",
        "Chọn trong danh sách; chỉ phần trước dấu | là mã. Để trống: dùng chuyên đề chọn lúc nhập.",
        "",
    ),
    (
        "Dạng câu",
        "Chọn trong danh sách. Để trống: đoán theo đáp án (A; A, C; hoặc Đ, S, Đ).",
        "",
    ),
    (
        "Mức, Độ khó, Dùng cho",
        "Chọn trong danh sách. Để trống: dùng giá trị chọn lúc nhập.",
        "",
    ),
    (
        "Xuống dòng",
        "Alt+Enter trong ô. Một dòng trống giữa hai đoạn là hai đoạn văn.",
        "",
    ),
    (
        "Chữ đậm, bảng, công thức",
        "Gõ thẻ HTML, ví dụ <strong>, <sup>, <table>, <math>. Ô bắt đầu bằng [html] được lấy "
        "nguyên văn là HTML.",
        "",
    ),
    (
        "Giữ vị trí",
        "Chữ cái của phương án không trộn, ví dụ D cho “Tất cả các phương án trên”.",
        "",
    ),
    (
        "Cách chấm",
        "Đúng hết, Từng phần, Từng ý hoặc Bậc thang (đúng 1, 2, 3, 4 ý trong 4 ý được 10%, 25%,"
        " 50%, 100%). Để trống: cách thường dùng của dạng câu.",
        "",
    ),
    (
        "Một phương án đúng",
        "Phương án A đến F; đáp án là một chữ cái.",
        "single_choice",
    ),
    (
        "Nhiều phương án đúng",
        "Phương án A đến F; đáp án là các chữ cái, ví dụ A, C. Cách chấm: Đúng hết hoặc Từng phần.",
        "multiple_response",
    ),
    (
        "Đúng/Sai",
        "Mỗi ý một ô phương án; đáp án ghi Đ hoặc S cho từng ý, ví dụ Đ, S, S, Đ. Cách chấm: "
        "Từng ý, Đúng hết hoặc Bậc thang.",
        "true_false",
    ),
    (
        "Ghép đôi",
        "Mỗi ô phương án một cặp: vế trái => vế phải. Vế phải thừa: => vế phải. Cách chấm: Từng"
        " ý hoặc Đúng hết.",
        "matching",
    ),
    (
        "Sắp xếp",
        "Các bước theo đúng thứ tự từ phương án A. Cách chấm: Đúng hết hoặc Từng ý (từng cặp "
        "liền nhau).",
        "ordering",
    ),
    (
        "Điền khuyết",
        "Đáp án: các cách viết được chấp nhận, cách nhau dấu |. Đặt trước: chữ, số hoặc chọn, "
        "ví dụ “chữ (phân biệt hoa thường; bỏ dấu): Hà Nội | Ha Noi”, “số: 3,5 ± 0,1”, “chọn: "
        "*đúng | sai”.",
        "blank",
    ),
    (
        "Điền nhiều chỗ",
        "Trong nội dung đặt [[1]], [[2]]…; phương án A là chỗ 1, B là chỗ 2, viết như điền khuyết.",
        "cloze",
    ),
    (
        "Chỉ vị trí trên ảnh",
        "Ảnh: mã ảnh | rộng x cao | mô tả. Đáp án: các vùng, ví dụ “chữ nhật 10,20,30,40; tròn "
        "50,60,20; đa giác 0,0,10,0,10,10”. Nên soạn trên màn hình rồi xuất ra.",
        "hotspot",
    ),
    (
        "Tình huống",
        "Một hàng dạng Tình huống, rồi mỗi câu con một hàng ngay bên dưới với dạng của nó và "
        "dấu x ở cột “Câu con”.",
        "scenario",
    ),
    (
        "Tự luận",
        "Đáp án là bài mẫu cho người chấm; mỗi ô phương án một tiêu chí: tiêu chí => số điểm.",
        "essay",
    ),
    (
        "Nộp tệp",
        "Như tự luận; “Loại tệp nộp” ghi docx, xlsx…; tệp phát cho thí sinh thêm trên màn hình.",
        "file_task",
    ),
)
