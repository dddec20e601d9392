struct point {
    int x, y;
};

int main(void)
{
    struct point p = {1, 2};
    int sum = p; //~ ERROR FH1203
    return sum;
}
